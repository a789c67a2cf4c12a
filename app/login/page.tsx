import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { Logo } from '@/components/shell/logo'
import { findUser } from '@/lib/auth/current-user'
import { nextPath } from '@/lib/auth/next-path'
import { SignInForm } from './sign-in-form'

export const metadata: Metadata = { title: 'Sign in' }

type Props = { searchParams: Promise<{ next?: string | string[] }> }

export default async function LoginPage({ searchParams }: Props) {
  const next = nextPath((await searchParams).next)
  if (await isSignedIn()) redirect(next)
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center px-4 py-12">
      <div className="w-full max-w-84">
        <Logo />
        <div className="mt-5 rounded-lg border bg-surface p-5">
          <h1 className="text-xl font-semibold tracking-tight">Sign in</h1>
          <p className="mt-1 text-sm text-muted">
            With the administrator&rsquo;s e-mail and password of this installation.
          </p>
          <SignInForm next={next} />
        </div>
      </div>
    </main>
  )
}

// Without the database the form is shown all the same: it says what is wrong when it is sent.
async function isSignedIn(): Promise<boolean> {
  try {
    return (await findUser()) !== null
  } catch {
    return false
  }
}
