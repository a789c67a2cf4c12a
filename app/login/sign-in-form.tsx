'use client'

import { useActionState, useEffect } from 'react'
import { forgetRecentPages } from '@/components/shell/palette/recent-pages'
import { Button } from '@/components/ui/button'
import { signIn } from './sign-in'

const FIELD =
  'mt-1 block h-8 w-full rounded-md border border-border-strong bg-background px-2.5 text-sm text-foreground'

/** Works before, and without, the page's script: the form then posts to the page itself. */
export function SignInForm({ next }: { next: string }) {
  const [state, action, pending] = useActionState(signIn, null)
  useEffect(forgetRecentPages, [])
  return (
    <form
      action={action}
      className="mt-5 space-y-4"
      aria-describedby={state ? 'refusal' : undefined}
    >
      {state && (
        <p
          id="refusal"
          role="alert"
          className="rounded-md bg-danger-subtle px-3 py-2 text-sm text-danger"
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
          autoFocus={!state}
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
          autoFocus={!!state}
        />
      </label>
      <Button type="submit" variant="primary" className="w-full" disabled={pending}>
        {pending ? 'Signing in…' : 'Sign in'}
      </Button>
    </form>
  )
}
