import { requireUser } from '@/lib/auth/current-user'
import type { FixedEventFilter } from '@/lib/event-filter/event-filter'
import { encodeCursor } from '@/lib/pagination'
import { eventCursor } from './event-list/event-span'
import { listEvents, type EventRow } from './list-events'

/**
 * The ids of the events just before (older) and after (newer) an event in the list of a filter; null where
 * there is none, or none as far as a page of the list looks.
 *
 * @throws UnauthenticatedError without a signed-in user.
 */
export async function findEventsBeside(
  filter: FixedEventFilter,
  event: Pick<EventRow, 'seq' | 'receivedAt'>,
): Promise<{ previousId: string | null; nextId: string | null }> {
  await requireUser()
  const place = { at: event.receivedAt.getTime(), seq: BigInt(event.seq) }
  const cursor = encodeCursor(eventCursor(place))
  const [older, newer] = await Promise.all([
    listEvents(filter, { after: cursor }, 1),
    listEvents(filter, { before: cursor }, 1),
  ])
  return { previousId: older.rows[0]?.id ?? null, nextId: newer.rows[0]?.id ?? null }
}
