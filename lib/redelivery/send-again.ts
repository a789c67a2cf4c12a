import { requireUser } from '@/lib/auth/current-user'
import { db, Prisma } from '@/lib/db'
import { isUuid } from '@/lib/is-uuid'
import { noRun } from './control-redelivery'
import { inBriefTransaction } from './in-brief-transaction'
import { RedeliveryError } from './redelivery-error'

const BATCH = 10_000

/**
 * Lets deliveries that are dead be tried again, with all tries before them: one, or all of a run. A delivered one is
 * never sent again.
 *
 * @param eventId The event of the one; without it all.
 * @returns how many.
 * @throws RedeliveryError when there is no such run, it was cancelled, or nothing in it is dead.
 * @throws UnauthenticatedError without a signed-in user.
 */
export async function sendAgain(runId: string, eventId?: string): Promise<number> {
  await requireUser()
  if (!isUuid(runId) || (eventId !== undefined && !isUuid(eventId))) throw noRun()
  const run = await db().redeliveryRun.findUnique({
    where: { id: runId },
    select: { seq: true },
  })
  if (!run) throw noRun()
  const chosen = eventId
    ? Prisma.sql`AND event_seq = (SELECT seq FROM webhook_event WHERE id = ${eventId}::uuid)`
    : Prisma.empty
  let total = 0
  // A million at once would hold the run's row, and with it every process that sends, for as long as it takes.
  for (;;) {
    const revived = await revive(run.seq, chosen)
    total += revived
    if (revived < BATCH) break
  }
  if (total === 0) throw new RedeliveryError('There is nothing dead to send again by now.')
  return total
}

async function revive(runSeq: bigint, chosen: Prisma.Sql): Promise<number> {
  return inBriefTransaction(async (tx) => {
    const [run] = await tx.$queryRaw<{ status: string }[]>`
      SELECT status::text FROM redelivery_run WHERE seq = ${runSeq} FOR NO KEY UPDATE`
    if (run?.status === 'cancelled') {
      throw new RedeliveryError('The run was cancelled: start another one for these events.')
    }
    const revived = await tx.$executeRaw`
      UPDATE delivery SET state = 'waiting', tries = 0, next_attempt_at = now(), settled_at = NULL
      WHERE (run_seq, event_seq) IN (
        SELECT run_seq, event_seq FROM delivery
        WHERE run_seq = ${runSeq} AND state = 'dead' ${chosen} ORDER BY event_seq LIMIT ${BATCH}
        FOR UPDATE)
        AND state = 'dead'`
    await tx.$executeRaw`
      UPDATE redelivery_run SET dead = dead - ${revived},
        status = CASE WHEN status = 'finished' THEN 'running' ELSE status END::redelivery_status,
        finished_at = CASE WHEN status = 'finished' THEN NULL ELSE finished_at END
      WHERE seq = ${runSeq} AND ${revived}::int > 0`
    return revived
  })
}
