import { cache } from 'react'
import { cookies } from 'next/headers'
import type { User } from './current-user'
import { ensureAdministrator } from './ensure-administrator'
import { SESSION_COOKIE } from './request-names'
import { findSession, isSessionToken } from './session-store'

/** The user of the request's session cookie; null without one, or when it has expired. Cached a request. */
export const findSessionUser = cache(async (): Promise<User | null> => {
  const token = (await cookies()).get(SESSION_COOKIE)?.value
  // Strangers would else take the database's connections from pages with a cookie that they made up.
  if (!token || !isSessionToken(token)) return null
  // Ends the sessions of a password that has been changed in the environment since.
  await ensureAdministrator()
  return findSession(token)
})
