import { db, Prisma, type Transaction } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { log } from '@/lib/log'
import { databaseErrorMessage } from '@/lib/projector/database-error'
import { dryRun } from './dry-run'
import type { DryRunReport, RowChange } from './dry-run-report'
import { selectionOf, type StoredSelection } from './replay-run'

/** How many of the rows that would change a dry run keeps; it counts all of them. */
export const MOST_ROWS_KEPT = 5_000

// Whoever works says so at least this often; after four times as long without a word it is taken over.
const BEAT_MS = 5_000

/** The dry run is not to go on: somebody cancelled it or has taken it over, or the process is stopping. */
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
  const timer = setInterval(() => void say(run).catch(() => undefined), BEAT_MS)
  try {
    await keep(run, 0, [])
    let number = 0
    const report = await dryRun(selectionOf(run), {
      rows: MOST_ROWS_KEPT,
      onRows: async (rows) => {
        await keep(run, number, rows)
        number += rows.length
      },
      onProgress: async (done, total) => {
        if (signal.aborted) throw new StoppedError()
        if (performance.now() - beat < PROGRESS_MS && done < total) return
        beat = performance.now()
        if (!(await say(run, { done, total }))) throw new StoppedError()
      },
    })
    await finish(run, report)
  } catch (error) {
    await giveUp(run, error)
  } finally {
    clearInterval(timer)
  }
  return true
}

const PROGRESS_MS = 250

/** A dry run, and what tells that it is ours: whoever takes it over has another one. */
type Held = StoredSelection & { id: string; lease: string }

async function claim(): Promise<Held | undefined> {
  const [run] = await db().$queryRaw<Held[]>`
    UPDATE replay_run
    SET status = 'running', started_at = COALESCE(started_at, clock_timestamp()),
        heartbeat_at = clock_timestamp(), lease = gen_random_uuid(), done = 0
    WHERE id = (
      SELECT id FROM replay_run
      WHERE kind = 'dry_run' AND (status = 'queued' OR (status = 'running'
        AND heartbeat_at < clock_timestamp() - ${4 * BEAT_MS} * interval '1 ms'))
      ORDER BY created_at, id
      LIMIT 1
      FOR UPDATE SKIP LOCKED)
    RETURNING id::text, filter, retry_of_id::text AS "retryOfId",
      repair_of_id::text AS "repairOfId", upper_seq AS "upperSeq", lease::text`
  return run
}

/** @returns Whether it is still ours. */
async function say(
  run: Held,
  { done, total }: { done?: number; total?: number } = {},
): Promise<boolean> {
  return update(
    db(),
    run,
    Prisma.sql`heartbeat_at = clock_timestamp(), done = COALESCE(${done ?? null}::bigint, done),
      total = COALESCE(${total ?? null}::bigint, total)`,
  )
}

/** Keeps rows behind those that are there; the first call, with none, removes what another process has kept. */
async function keep(run: Held, start: number, rows: RowChange[]): Promise<void> {
  await db().$transaction(async (tx) => {
    // Whoever takes it over waits for this, and then finds what to remove.
    if (!(await update(tx, run, Prisma.sql`heartbeat_at = clock_timestamp()`))) {
      throw new StoppedError()
    }
    if (start === 0) await tx.replayChange.deleteMany({ where: { runId: run.id } })
    await tx.replayChange.createMany({
      data: rows.map(({ table, key, kind, fields }, index) => ({
        runId: run.id,
        number: start + index + 1,
        tableName: table,
        companyUuid: key.company_uuid ?? '',
        key,
        kind,
        fields: fields as Prisma.InputJsonArray,
      })),
    })
  })
}

async function finish(run: Held, report: DryRunReport): Promise<void> {
  const isOurs = await update(
    db(),
    run,
    Prisma.sql`status = 'finished', finished_at = clock_timestamp(), lease = NULL,
      total = ${report.events}, done = ${report.events}, changed = ${report.changing},
      unchanged = ${report.unchanging}, failed = ${report.failing},
      report = ${JSON.stringify(report)}::jsonb`,
  )
  if (!isOurs) throw new StoppedError()
}

async function giveUp(run: Held, error: unknown): Promise<void> {
  if (error instanceof StoppedError) {
    await update(db(), run, Prisma.sql`status = 'queued', heartbeat_at = NULL, lease = NULL`)
    return
  }
  const message = databaseErrorMessage(error)
  log.warn({ err: message, runId: run.id }, 'a dry run broke off')
  await update(
    db(),
    run,
    Prisma.sql`status = 'failed', finished_at = clock_timestamp(), lease = NULL,
      error_message = ${message.slice(0, 2_000)}`,
  )
}

async function update(tx: Transaction, { id, lease }: Held, set: Prisma.Sql): Promise<boolean> {
  const updated = await tx.$executeRaw`
    UPDATE replay_run SET ${set}
    WHERE id = ${id}::uuid AND lease = ${lease}::uuid AND status = 'running'`
  return updated === 1
}
