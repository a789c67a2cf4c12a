import { requireUser } from '@/lib/auth/current-user'
import { db } from '@/lib/db'
import type { EventFilter } from '@/lib/event-filter/event-filter'
import { fixTimes } from '@/lib/event-filter/fix-times'
import { eventCondition } from '@/lib/event-log/event-condition'

/**
 * How many events of the log match now. Reads as much of it as the filter leaves no other way.
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
