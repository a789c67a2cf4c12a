import { db, Prisma } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { log } from '@/lib/log'
import { databaseErrorMessage } from '@/lib/projector/database-error'
import { dryRun } from './dry-run'
import type { RowChange } from './dry-run-report'
import { selectionOf, type StoredSelection } from './replay-run'

/** How many of the rows that would change a dry run keeps; it counts all of them. */
export const MOST_ROWS_KEPT = 5_000

// Whoever works says so at least this often; after four times as long without a word it is taken over.
const BEAT_MS = 5_000

/** The dry run is not to go on: somebody cancelled it, or the process is stopping. */
class StoppedError extends AppError {
  constructor() {
    super('stopped', 'The dry run was stopped.')
  }
}

/**
 * Takes the oldest dry run that nobody works on, and does it. One whose process died is begun anew: it has
 * changed nothing.
 *
 * @returns Whether there was one.
 * @throws Whatever keeps the database from answering.
 */
export async function workOnDryRun(signal: AbortSignal): Promise<boolean> {
  const run = await claim()
  if (!run) return false
  let beat = 0
  const timer = setInterval(() => void say(run.id).catch(() => undefined), BEAT_MS)
  try {
    await db().replayChange.deleteMany({ where: { runId: run.id } })
    let number = 0
    const report = await dryRun(selectionOf(run), {
      rows: MOST_ROWS_KEPT,
      onRows: async (rows) => {
        await keep(run.id, number, rows)
        number += rows.length
      },
      onProgress: async (done, total) => {
        if (signal.aborted) throw new StoppedError()
        if (performance.now() - beat < PROGRESS_MS && done < total) return
        beat = performance.now()
        if (!(await say(run.id, { done, total }))) throw new StoppedError()
      },
    })
    await db().replayRun.updateMany({
      where: { id: run.id, status: 'running' },
      data: {
        status: 'finished',
        finishedAt: new Date(),
        total: report.events,
        done: report.events,
        changed: report.changing,
        unchanged: report.unchanging,
        failed: report.failing,
        report: report as unknown as Prisma.InputJsonObject,
      },
    })
  } catch (error) {
    await giveUp(run.id, error)
  } finally {
    clearInterval(timer)
  }
  return true
}

const PROGRESS_MS = 250

async function claim(): Promise<(StoredSelection & { id: string }) | undefined> {
  const [run] = await db().$queryRaw<(StoredSelection & { id: string })[]>`
    UPDATE replay_run
    SET status = 'running', started_at = COALESCE(started_at, now()), heartbeat_at = now(), done = 0
    WHERE id = (
      SELECT id FROM replay_run
      WHERE kind = 'dry_run' AND (status = 'queued'
        OR (status = 'running' AND heartbeat_at < now() - ${4 * BEAT_MS} * interval '1 ms'))
      ORDER BY created_at, id
      LIMIT 1
      FOR UPDATE SKIP LOCKED)
    RETURNING id::text, filter, retry_of_id::text AS "retryOfId", upper_seq AS "upperSeq"`
  return run
}

async function say(id: string, progress: { done?: number; total?: number } = {}): Promise<boolean> {
  const { count } = await db().replayRun.updateMany({
    where: { id, status: 'running' },
    data: { heartbeatAt: new Date(), ...progress },
  })
  return count > 0
}

async function keep(runId: string, start: number, rows: RowChange[]): Promise<void> {
  await db().replayChange.createMany({
    data: rows.map(({ table, key, kind, fields }, index) => ({
      runId,
      number: start + index + 1,
      tableName: table,
      companyUuid: key.company_uuid ?? '',
      key,
      kind,
      fields: fields as Prisma.InputJsonArray,
    })),
  })
}

async function giveUp(id: string, error: unknown): Promise<void> {
  if (error instanceof StoppedError) {
    await db().replayRun.updateMany({
      where: { id, status: 'running' },
      data: { status: 'queued', heartbeatAt: null },
    })
    return
  }
  const message = databaseErrorMessage(error)
  log.warn({ err: message, runId: id }, 'a dry run broke off')
  await db().replayRun.updateMany({
    where: { id, status: 'running' },
    data: { status: 'failed', finishedAt: new Date(), errorMessage: message.slice(0, 2_000) },
  })
}
