import { env } from '@/lib/env'
import { ABSOLUTE_MS } from './session-store'

/**
 * The cookie's attributes. It lives as long as a session can; the database decides whether it still
 * counts. Lax: a link from another site finds the reader signed in, a form on another site does not.
 * Secure where PUBLIC_URL, or a proxy that is trusted, says that Waggle is reached by https.
 */
export function sessionCookie(requestHeaders: Headers) {
  return {
    httpOnly: true,
    sameSite: 'lax' as const,
    path: '/',
    secure: isReachedByHttps(requestHeaders),
    maxAge: ABSOLUTE_MS / 1_000,
  }
}

function isReachedByHttps(requestHeaders: Headers): boolean {
  const { PUBLIC_URL, TRUST_PROXY } = env()
  if (PUBLIC_URL?.startsWith('https:')) return true
  const schemes = TRUST_PROXY ? requestHeaders.get('x-forwarded-proto') : null
  return schemes?.split(',')[0]?.trim() === 'https'
}
