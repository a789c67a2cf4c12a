'use server'

import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import { checkOrigin } from '@/lib/auth/check-origin'
import { SESSION_COOKIE } from '@/lib/auth/request-names'
import { endSession, isSessionToken } from '@/lib/auth/session-store'

/** Ends the session in the database, so that a copy of the cookie is worth nothing. */
export async function signOut(): Promise<void> {
  await checkOrigin()
  const jar = await cookies()
  const token = jar.get(SESSION_COOKIE)?.value
  if (token && isSessionToken(token)) await endSession(token)
  jar.delete(SESSION_COOKIE)
  redirect('/login')
}
