import { requireUser } from '@/lib/auth/current-user'
import { db } from '@/lib/db'
import type { FixedEventFilter } from '@/lib/event-filter/event-filter'
import { eventCondition } from '@/lib/event-log/event-condition'
import { eventColumns, type EventRow } from './event-list/event-columns'

/**
 * The events of a filter that stand after a place in the log, oldest first. An event with a lower number may
 * still come after one with a higher: numbers are given before the commit.
 *
 * @param after A sequence number, as in `EventRow`.
 * @throws UnauthenticatedError without a signed-in user.
 */
export async function listNewEvents(
  filter: FixedEventFilter,
  after: bigint,
  limit: number,
): Promise<EventRow[]> {
  await requireUser()
  return db().$queryRaw<EventRow[]>`
    SELECT ${eventColumns} FROM webhook_event e
    WHERE e.seq > ${after}::bigint AND ${eventCondition(filter)} ORDER BY e.seq LIMIT ${limit}`
}

/**
 * The sequence number of the newest event; 0 in an empty log.
 *
 * @throws UnauthenticatedError without a signed-in user.
 */
export async function newestSeq(): Promise<bigint> {
  await requireUser()
  const [newest] = await db().$queryRaw<{ seq: bigint }[]>`
    SELECT seq FROM webhook_event ORDER BY seq DESC LIMIT 1`
  return newest?.seq ?? 0n
}
