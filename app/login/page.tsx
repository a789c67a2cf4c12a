import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { findUser } from '@/lib/auth/current-user'
import { nextPath } from '@/lib/auth/next-path'
import { SignInForm } from './sign-in-form'

export const metadata: Metadata = { title: 'Sign in · Waggle' }

type Props = { searchParams: Promise<{ next?: string | string[] }> }

export default async function LoginPage({ searchParams }: Props) {
  const next = nextPath((await searchParams).next)
  if (await findUser()) redirect(next)
  return (
    <main className="flex min-h-dvh items-center justify-center bg-background px-4 py-12 text-foreground">
      <div className="w-full max-w-sm">
        <h1 className="text-xl font-semibold tracking-tight">Sign in to Waggle</h1>
        <p className="mt-1 text-sm text-muted">
          With the administrator&rsquo;s e-mail and password of this installation.
        </p>
        <SignInForm next={next} />
      </div>
    </main>
  )
}
