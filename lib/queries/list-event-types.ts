import { requireUser } from '@/lib/auth/current-user'
import { db } from '@/lib/db'
import { EVENT_TYPES } from '@/lib/schemas/event-types'
import { seenTypes } from './seen-types'

/**
 * The event types one can filter by: those that Waggle projects, then any others that arrived.
 *
 * @throws UnauthenticatedError without a signed-in user.
 */
export async function listEventTypes(): Promise<string[]> {
  await requireUser()
  const seen = await db().$queryRaw<{ event_type: string }[]>(seenTypes)
  return [...new Set<string>([...EVENT_TYPES, ...seen.map((row) => row.event_type)])]
}
