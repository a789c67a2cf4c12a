'use server'

import { cookies, headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { checkOrigin, ForeignOriginError } from '@/lib/auth/check-origin'
import { clientAddress } from '@/lib/auth/client-address'
import { nextPath } from '@/lib/auth/next-path'
import { SESSION_COOKIE } from '@/lib/auth/request-names'
import { sessionCookie } from '@/lib/auth/session-cookie'
import { signInWithPassword } from '@/lib/auth/sign-in-with-password'
import { log } from '@/lib/log'

/** What the form shows after a refusal; `email` is given back so that it need not be typed again. */
export type SignInState = { error: string; email: string } | null

export async function signIn(_previous: SignInState, form: FormData): Promise<SignInState> {
  // What is posted by hand need not be a form.
  if (!(form instanceof FormData)) return { error: 'Send the form of this page.', email: '' }
  const email = String(form.get('email') ?? '').slice(0, 320)
  const error = await attempt(email, String(form.get('password') ?? ''))
  if (error) return { error, email }
  redirect(nextPath(form.get('next')))
}

async function attempt(email: string, password: string): Promise<string | null> {
  try {
    await checkOrigin()
    const requestHeaders = await headers()
    const result = await signInWithPassword(email, password, clientAddress(requestHeaders))
    if (result.outcome === 'throttled')
      return `Too many attempts. Try again ${inMinutes(result.until)}.`
    if (result.outcome === 'refused') return 'The e-mail or the password is not right.'
    ;(await cookies()).set(SESSION_COOKIE, result.token, sessionCookie(requestHeaders))
    return null
  } catch (error) {
    if (error instanceof ForeignOriginError) return error.message
    log.error({ err: error }, 'sign-in failed')
    return 'Signing in is not possible just now: the database is out of reach. Try again in a moment.'
  }
}

function inMinutes(until: Date): string {
  const minutes = Math.max(1, Math.ceil((until.getTime() - Date.now()) / 60_000))
  return minutes === 1 ? 'in a minute' : `in ${minutes} minutes`
}
