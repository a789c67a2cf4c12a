import { SignJWT } from 'jose'
import type { Delivery } from './delivery'

/**
 * The token of a delivery: HS256 over the Integration UUID's text as UTF-8 (seed: partner-events,
 * Authentication). Deterministic, so a repeated delivery repeats its token.
 *
 * @param secret The Integration UUID.
 * @param expiresAt `exp` in whole seconds since 1970. Not an hour after `iat`, as JourneyBee's own: the
 *   samples are weeks old, and their tokens would have expired.
 */
export function signDelivery(
  { claims, iat }: Delivery,
  secret: string,
  expiresAt: number,
): Promise<string> {
  return new SignJWT({ ...claims })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuedAt(iat)
    .setExpirationTime(expiresAt)
    .sign(new TextEncoder().encode(secret))
}
