import { createHash } from 'node:crypto'
import { cookies } from 'next/headers'
import { findUser, type User } from './current-user'
import { SESSION_COOKIE } from './request-names'
import { isSessionAlive } from './session-store'

/** Who asked, and whether the session with which that was done still counts. */
export type WatchedSession = {
  user: User
  /** The same for all that this sign-in asks for, and no secret. */
  key: string
  isAlive: () => Promise<boolean>
}

/**
 * The guard of an answer that goes on for longer than the check at its beginning is worth. Null when nobody
 * is signed in.
 */
export async function watchSession(): Promise<WatchedSession | null> {
  const user = await findUser()
  if (!user) return null
  const token = (await cookies()).get(SESSION_COOKIE)?.value
  const key = token === undefined ? user.id : createHash('sha256').update(token).digest('base64')
  return { user, key, isAlive: async () => token !== undefined && isSessionAlive(token) }
}
