import { env } from '@/lib/env'
import { ABSOLUTE_MS } from './session-store'

/**
 * The cookie's attributes. It lives as long as a session can; the database decides whether it still
 * counts. Lax: a link from another site finds the reader signed in, a form on another site does not.
 */
export function sessionCookie() {
  return {
    httpOnly: true,
    sameSite: 'lax' as const,
    path: '/',
    secure: env().PUBLIC_URL?.startsWith('https:') ?? false,
    maxAge: ABSOLUTE_MS / 1_000,
  }
}
