import { AsyncLocalStorage } from 'node:async_hooks'
import { UnauthenticatedError } from '@/lib/errors'
import { findSessionUser } from './session'

/** Who is asking. `name` is what records of replays and sign-ins show. */
export type User = { id: string; email: string }

const acting = new AsyncLocalStorage<User>()

/**
 * Runs `work` on behalf of a user without a browser session: the command line and the tests, which have
 * no cookie. Nothing that a request carries can reach this.
 */
export function actingAs<T>(user: User, work: () => Promise<T>): Promise<T> {
  return acting.run(user, work)
}

/** The signed-in user, or null. Looks the session up once a request. */
export async function findUser(): Promise<User | null> {
  return acting.getStore() ?? (await findSessionUser())
}

/**
 * The guard of every query and action. A layout or a proxy is none: it does not run for each of them.
 *
 * @throws UnauthenticatedError when nobody is signed in.
 */
export async function requireUser(): Promise<User> {
  const user = await findUser()
  if (!user) throw new UnauthenticatedError()
  return user
}
