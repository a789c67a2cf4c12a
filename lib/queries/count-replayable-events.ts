import { requireUser } from '@/lib/auth/current-user'
import { db } from '@/lib/db'
import type { FixedEventFilter } from '@/lib/event-filter/event-filter'
import { eventCondition } from '@/lib/event-log/event-condition'

const MOST = 100_000

/**
 * How many events a replay of what passes the filter would take up: all but duplicates. Counted up to 100,000.
 *
 * @throws UnauthenticatedError without a signed-in user.
 */
export async function countReplayableEvents(
  filter: FixedEventFilter,
): Promise<{ count: number; exact: boolean }> {
  await requireUser()
  const [row] = await db().$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (
      SELECT FROM webhook_event e
      WHERE ${eventCondition(filter)} AND e.status <> 'duplicate'
      LIMIT ${MOST + 1}
    ) found`
  const count = row?.count ?? 0
  return { count: Math.min(count, MOST), exact: count <= MOST }
}
