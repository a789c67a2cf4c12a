import { requireUser } from '@/lib/auth/current-user'
import { db } from '@/lib/db'
import type { EventFilter } from '@/lib/event-filter/event-filter'
import { fixTimes } from '@/lib/event-filter/fix-times'
import { countQuickly } from '@/lib/event-log/count-quickly'
import { eventCondition } from '@/lib/event-log/event-condition'
import type { BoundedCount } from '../count-up-to'

const MOST = 100_000

/**
 * How many events of the log match now. Reads as much of it as the filter leaves no other way: for those who have the
 * time.
 *
 * @throws UnauthenticatedError without a signed-in user.
 */
export async function countMatching(filter: EventFilter): Promise<number> {
  await requireUser()
  const [row] = await db().$queryRaw<{ count: bigint }[]>`
    SELECT count(*) AS count FROM webhook_event e
    WHERE ${eventCondition(fixTimes(filter, new Date()))}`
  return Number(row?.count ?? 0)
}

/**
 * The same up to 100,000 and as long as somebody waits for a page; null when it would take longer.
 *
 * @throws UnauthenticatedError without a signed-in user.
 */
export async function countMatchingQuickly(filter: EventFilter): Promise<BoundedCount | null> {
  await requireUser()
  return countQuickly(eventCondition(fixTimes(filter, new Date())), MOST)
}
