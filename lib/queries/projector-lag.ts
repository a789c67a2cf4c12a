import { requireUser } from '@/lib/auth/current-user'
import { db } from '@/lib/db'

/** Counting stops here, so that a long backlog does not make the overview slow as well. */
export const MAX_PENDING_COUNTED = 10_000

/** Work that the projector has before it. `pending` of MAX_PENDING_COUNTED + 1 means more than that. */
export type ProjectorLag = { pending: number; oldestReceivedAt: Date | null }

/**
 * How far the projector is behind: events stored and not yet projected.
 *
 * @throws UnauthenticatedError without a signed-in user.
 */
export async function projectorLag(): Promise<ProjectorLag> {
  await requireUser()
  const [row] = await db().$queryRaw<{ pending: bigint; oldest: Date | null }[]>`
    SELECT (SELECT count(*) FROM (
              SELECT 1 FROM webhook_event WHERE status = 'pending' LIMIT ${MAX_PENDING_COUNTED + 1}
            ) counted) AS pending,
           (SELECT received_at FROM webhook_event WHERE status = 'pending' ORDER BY seq LIMIT 1) AS oldest`
  return { pending: Number(row?.pending), oldestReceivedAt: row?.oldest ?? null }
}
