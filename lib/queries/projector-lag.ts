import { requireUser } from '@/lib/auth/current-user'
import { db } from '@/lib/db'
import { countEvents } from './count-events'
import type { BoundedCount } from './count-up-to'

// So that a long backlog does not make the overview slow as well.
const MAX_COUNTED = 10_000

/** Work that the projector has before it. */
export type ProjectorLag = { pending: BoundedCount; oldestReceivedAt: Date | null }

/**
 * How far the projector is behind: events stored and not yet projected.
 *
 * @throws UnauthenticatedError without a signed-in user.
 */
export async function projectorLag(): Promise<ProjectorLag> {
  await requireUser()
  const [pending, oldest] = await Promise.all([
    countEvents('pending', MAX_COUNTED),
    // Raw, because Prisma casts the status at run time, which keeps Postgres from the partial index.
    db().$queryRaw<{ received_at: Date }[]>`
      SELECT received_at FROM webhook_event WHERE status = 'pending' ORDER BY seq LIMIT 1`,
  ])
  return { pending, oldestReceivedAt: oldest[0]?.received_at ?? null }
}
