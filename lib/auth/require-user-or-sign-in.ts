import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { ADDRESS_HEADER } from './request-names'
import { findUser, type User } from './current-user'
import { nextPath } from './next-path'

/** The guard of every page: the signed-in user, or off to /login, which leads back here. */
export async function requireUserOrSignIn(): Promise<User> {
  const user = await findUser()
  if (user) return user
  const next = nextPath((await headers()).get(ADDRESS_HEADER))
  redirect(next === '/' ? '/login' : `/login?next=${encodeURIComponent(next)}`)
}
