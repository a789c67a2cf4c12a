import { SignJWT } from 'jose'
import { REDACTED, SECRET_KEYS } from '@/lib/redacted'

const VALID_SECONDS = 3_600
// When the original was valid. The fresh token says when it is.
const TIMES = ['iat', 'exp', 'nbf']

/**
 * The token of a redelivery, as JourneyBee signs one (seeds: Authentication): HS256 over the text of the
 * destination's secret, the event's own claims without the secrets that were redacted, valid for an hour from now.
 *
 * @param claims As they are stored.
 * @param now In milliseconds since 1970.
 */
export function redeliveryToken(
  claims: Record<string, unknown>,
  secret: string,
  now: number = Date.now(),
): Promise<string> {
  const issuedAt = Math.floor(now / 1_000)
  return new SignJWT(Object.fromEntries(Object.entries(claims).filter(isKept)))
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + VALID_SECONDS)
    .sign(new TextEncoder().encode(secret))
}

function isKept([key, value]: [string, unknown]): boolean {
  return !TIMES.includes(key) && !(SECRET_KEYS.includes(key) && value === REDACTED)
}
