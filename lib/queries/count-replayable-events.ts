import { requireUser } from '@/lib/auth/current-user'
import { Prisma } from '@/lib/db'
import type { FixedEventFilter } from '@/lib/event-filter/event-filter'
import { countQuickly } from '@/lib/event-log/count-quickly'
import { eventCondition } from '@/lib/event-log/event-condition'
import type { BoundedCount } from './count-up-to'

const MOST = 100_000

/**
 * How many events a replay of what passes the filter would take up: all but duplicates. Counted up to 100,000.
 *
 * @returns Null when that would take longer than somebody waits for a page; the run counts them.
 * @throws UnauthenticatedError without a signed-in user.
 */
export async function countReplayableEvents(
  filter: FixedEventFilter,
): Promise<BoundedCount | null> {
  await requireUser()
  return countQuickly(Prisma.sql`${eventCondition(filter)} AND e.status <> 'duplicate'`, MOST)
}
