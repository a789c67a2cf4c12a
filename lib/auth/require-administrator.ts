import { env } from '@/lib/env'
import { AppError } from '@/lib/errors'
import { requireUser, type User } from './current-user'

/** Signed in, and not allowed to do this. */
export class ForbiddenError extends AppError {
  constructor() {
    super('forbidden', 'Only an administrator may do this.')
  }
}

/** Whether a user is the administrator whom the environment names. */
export function isAdministrator(user: User): boolean {
  return user.email === env().ADMIN_EMAIL
}

/**
 * The guard of what only an administrator may do.
 *
 * @throws UnauthenticatedError when nobody is signed in, ForbiddenError for everybody else.
 */
export async function requireAdministrator(): Promise<User> {
  const user = await requireUser()
  if (!isAdministrator(user)) throw new ForbiddenError()
  return user
}
