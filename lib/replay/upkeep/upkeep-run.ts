import { db, Prisma, type Transaction } from '@/lib/db'
import { AppError } from '@/lib/errors'
import type { UpkeepKind } from './create-upkeep'

/** The run is not to go on: somebody paused or cancelled it. */
export class UpkeepStoppedError extends AppError {
  constructor() {
    super('stopped', 'The run was stopped.')
  }
}

export type OpenUpkeep = { id: string; kind: UpkeepKind; actor: string }

// A longer silence than this was a pause, or nobody was there to work.
const LONGEST_BEAT_MS = 10_000

const BEAT = Prisma.sql`
  heartbeat_at = clock_timestamp(),
  active_ms = active_ms + LEAST(${LONGEST_BEAT_MS}, extract(epoch FROM
    clock_timestamp() - COALESCE(heartbeat_at, clock_timestamp())) * 1000)::bigint`

/** The oldest rebuild or check that waits or was left by a process that died; it is running from now on. */
export async function takeUpkeep(): Promise<OpenUpkeep | undefined> {
  const [run] = await db().$queryRaw<OpenUpkeep[]>`
    UPDATE replay_run
    SET status = 'running', started_at = COALESCE(started_at, clock_timestamp()),
        heartbeat_at = clock_timestamp()
    WHERE id = (
      SELECT id FROM replay_run
      WHERE kind IN ('rebuild', 'parity') AND status IN ('queued', 'running')
      ORDER BY created_at, id LIMIT 1)
      AND status IN ('queued', 'running')
    RETURNING id::text, kind::text, actor`
  return run
}

/** Notes what is being done, and how many events it is about. */
export async function beginStage(id: string, stage: string): Promise<void> {
  await told(db().$executeRaw`
    UPDATE replay_run
    SET report = jsonb_build_object('stage', ${stage}::text), ${BEAT},
        total = COALESCE(total, (SELECT count(*) FROM webhook_event
                                 WHERE seq <= upper_seq AND status <> 'duplicate'))
    WHERE id = ${id}::uuid AND status = 'running'`)
}

/** Notes, in the transaction that swaps, that the new tables are in place: from now on it can't be stopped. */
export async function beginNoting(tx: Transaction, id: string, upTo: bigint): Promise<void> {
  await told(tx.$executeRaw`
    UPDATE replay_run
    SET report = jsonb_build_object('stage', 'noting'), upper_seq = ${upTo}, ${BEAT}
    WHERE id = ${id}::uuid AND status = 'running'`)
}

/** Counts the events of a batch, in its transaction. */
export async function countBatch(
  tx: Transaction,
  id: string,
  { events, failed }: { events: number; failed: number },
): Promise<void> {
  await told(tx.$executeRaw`
    UPDATE replay_run
    SET done = done + ${events}, failed = failed + ${failed}, total = GREATEST(total, done + ${events}),
        ${BEAT}
    WHERE id = ${id}::uuid AND status = 'running'`)
}

/** Says that somebody is at work. */
export async function beat(id: string): Promise<void> {
  await told(db().$executeRaw`
    UPDATE replay_run SET ${BEAT} WHERE id = ${id}::uuid AND status = 'running'`)
}

/** Begins to count anew: what had been done is gone. */
export async function restart(id: string): Promise<void> {
  await told(db().$executeRaw`
    UPDATE replay_run SET done = 0, failed = 0 WHERE id = ${id}::uuid AND status = 'running'`)
}

export async function finishUpkeep(
  tx: Transaction,
  id: string,
  upTo: bigint,
  report: Prisma.InputJsonObject,
): Promise<void> {
  await told(tx.$executeRaw`
    UPDATE replay_run
    SET status = 'finished', upper_seq = ${upTo}, total = done, report = ${JSON.stringify(report)}::jsonb,
        finished_at = clock_timestamp(), ${BEAT}
    WHERE id = ${id}::uuid AND status = 'running'`)
}

export async function failUpkeep(id: string, message: string): Promise<void> {
  await db().replayRun.updateMany({
    where: { id, status: 'running' },
    data: { status: 'failed', finishedAt: new Date(), errorMessage: message.slice(0, 2_000) },
  })
}

/** Whether it is still to be gone on with later. */
export async function isOpen(id: string): Promise<boolean> {
  const run = await db().replayRun.findUnique({ where: { id }, select: { status: true } })
  return run !== null && ['queued', 'running', 'paused'].includes(run.status)
}

async function told(updated: PromiseLike<number>): Promise<void> {
  if ((await updated) !== 1) throw new UpkeepStoppedError()
}
