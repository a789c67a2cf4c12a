import { requireUser } from '@/lib/auth/current-user'
import { db } from '@/lib/db'
import type { EventStatus } from '@/lib/generated/prisma/enums'

/** A count that stopped at a bound: `count` and, when `isMore`, an unknown number beyond it. */
export type BoundedCount = { count: number; isMore: boolean }

/**
 * Counts the events of a status that few have, up to a bound: the cost does not grow with the log.
 *
 * @throws UnauthenticatedError without a signed-in user.
 */
export async function countEvents(
  status: Exclude<EventStatus, 'applied'>,
  bound: number,
): Promise<BoundedCount> {
  await requireUser()
  const [row] = await db().$queryRaw<{ count: bigint }[]>`
    SELECT count(*) FROM (
      SELECT 1 FROM webhook_event WHERE status = ${status}::event_status LIMIT ${bound + 1}
    ) counted`
  const count = Number(row?.count)
  return { count: Math.min(count, bound), isMore: count > bound }
}
