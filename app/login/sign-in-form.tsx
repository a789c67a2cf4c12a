'use client'

import { useActionState } from 'react'
import { signIn } from './sign-in'

const FIELD =
  'border-border bg-surface text-foreground mt-1 block h-9 w-full rounded-md border px-3 text-sm'

export function SignInForm({ next }: { next: string }) {
  const [state, action, pending] = useActionState(signIn, null)
  return (
    <form
      action={action}
      className="mt-6 space-y-4"
      aria-describedby={state ? 'refusal' : undefined}
    >
      {state && (
        <p
          id="refusal"
          role="alert"
          className="rounded-md border border-danger/40 px-3 py-2 text-sm text-danger"
        >
          {state.error}
        </p>
      )}
      <input type="hidden" name="next" value={next} />
      <label className="block text-sm font-medium">
        E-mail
        <input
          className={FIELD}
          name="email"
          type="email"
          autoComplete="username"
          required
          autoFocus
          defaultValue={state?.email}
        />
      </label>
      <label className="block text-sm font-medium">
        Password
        <input
          className={FIELD}
          name="password"
          type="password"
          autoComplete="current-password"
          required
        />
      </label>
      <button
        type="submit"
        disabled={pending}
        className="h-9 w-full rounded-md bg-foreground text-sm font-medium text-background disabled:opacity-60"
      >
        {pending ? 'Signing in…' : 'Sign in'}
      </button>
    </form>
  )
}
