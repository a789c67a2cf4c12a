import { verify } from '@node-rs/argon2'
import { log } from '@/lib/log'
import { ensureAdministrator } from './ensure-administrator'
import { createSession } from './session-store'
import { forgiveAttempt, purgeAttempts, takeAttempt } from './throttle-sign-in'

export type SignInOutcome =
  | { outcome: 'signed_in'; token: string }
  | { outcome: 'refused' }
  | { outcome: 'throttled'; until: Date }

/**
 * Checks an e-mail and a password and starts a session. An unknown e-mail takes as long as a wrong
 * password: both verify the same hash, so the time tells nobody whether the e-mail is right.
 *
 * @param address The network address of who asks, for the rate limit.
 */
export async function signInWithPassword(
  email: string,
  password: string,
  address: string,
): Promise<SignInOutcome> {
  const throttled = await takeAttempt(address)
  if (throttled) {
    log.warn({ address, until: throttled.until }, 'sign-in throttled')
    return { outcome: 'throttled', until: throttled.until }
  }
  const administrator = await ensureAdministrator()
  const passwordMatches = await verify(administrator.passwordHash, password)
  if (!passwordMatches || email.trim().toLowerCase() !== administrator.email) {
    log.warn({ address }, 'sign-in refused')
    return { outcome: 'refused' }
  }
  await forgiveAttempt(address)
  await purgeAttempts()
  log.info({ address }, 'signed in')
  return { outcome: 'signed_in', token: await createSession(administrator.id) }
}
