import { requireUser } from '@/lib/auth/current-user'
import { Prisma } from '@/lib/db'
import type { EventStatus } from '@/lib/generated/prisma/enums'
import { countUpTo, type BoundedCount } from './count-up-to'

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
  return countUpTo(
    bound,
    Prisma.sql`SELECT 1 FROM webhook_event WHERE status = ${status}::event_status`,
  )
}
