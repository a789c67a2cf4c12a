import { db } from '@/lib/db'
import { isOutOfTime } from '@/lib/end-statements-after'
import { AppError } from '@/lib/errors'
import { log } from '@/lib/log'
import { databaseErrorKind, databaseErrorMessage } from '@/lib/projector/database-error'
import { pause } from '@/lib/pause'
import { countLeftTotals } from './count-left-totals'
import { letArrivalsGoFirst } from './let-arrivals-go-first'
import { noteFailedTry } from './note-failed-try'
import { Pace } from './pace'
import { REPLAY_BATCH } from './replay-batch'
import { replayNextBatch } from './replay-next-batch'
import { workOnDryRun } from './work-on-dry-run'

const POLL_MS = 1_000
const BACKOFF_MS = 2_000

/**
 * Works on replay runs and dry runs until the signal aborts; any number of processes may. It outlives the
 * database going away and never throws; a batch that is under way when the signal aborts is finished first.
 */
export async function runReplays({ signal }: { signal: AbortSignal }): Promise<void> {
  await Promise.all([
    forever(signal, async () => {
      const worked = await workOnOpenRuns(signal)
      await countLeftTotals(signal)
      return worked
    }),
    forever(signal, () => workOnDryRun(signal)),
  ])
}

// What keeps one of them from getting on must not keep the others.
async function workOnOpenRuns(signal: AbortSignal): Promise<boolean> {
  let worked = false
  for (const id of await listOpenRuns()) {
    if (signal.aborted) return worked
    try {
      worked = (await workOnRun(id, signal)) || worked
    } catch (error) {
      log.warn({ err: databaseErrorMessage(error), runId: id }, 'a replay could not go on')
    }
  }
  return worked
}

/** What has been learned about a run, in this process. */
type Caution = {
  pace: Pace
  /** After a batch that took too long, batches are smaller, and grow again slowly. */
  most: number
  /** After an unforeseen error so many events are taken one by one. */
  careful: number
}

// Kept from one call to the next: whoever works on a run for moments must not begin with the same mistake each time.
const cautions = new Map<string, Caution>()
const MOST_CAUTIONS = 100

function cautionFor(id: string): Caution {
  const known = cautions.get(id)
  if (known) return known
  if (cautions.size >= MOST_CAUTIONS) cautions.clear()
  const caution = { pace: new Pace(), most: REPLAY_BATCH.events, careful: 0 }
  cautions.set(id, caution)
  return caution
}

/**
 * Works on one run until it is finished, paused, cancelled, in somebody else's hands or not to be had, letting arrivals
 * go first. Why it could not go on stands on the run, which is tried again later.
 *
 * @param options.timeoutMs A batch that takes longer is tried again in smaller parts.
 * @returns Whether it got any further.
 * @throws Whatever keeps the database from taking a note of it.
 */
export async function workOnRun(
  id: string,
  signal: AbortSignal,
  options: { timeoutMs?: number } = {},
): Promise<boolean> {
  const caution = cautionFor(id)
  let worked = false
  while (!signal.aborted) {
    await letArrivalsGoFirst(signal)
    const { careful, most, pace } = caution
    const events = careful > 0 ? 1 : most
    try {
      const outcome = await replayNextBatch(id, { ...options, events, blame: careful > 0, pace })
      if (outcome === 'finished') cautions.delete(id)
      if (outcome !== 'worked') return worked
      worked = true
      caution.careful = Math.max(0, careful - 1)
      caution.most = Math.min(REPLAY_BATCH.events, most + 1)
    } catch (error) {
      if (!(await adapt(id, error, caution, events))) return worked
    }
  }
  return worked
}

/** @returns Whether the same run is to be gone on with now, otherwise than before. */
async function adapt(
  id: string,
  error: unknown,
  caution: Caution,
  events: number,
): Promise<boolean> {
  const err = databaseErrorMessage(error)
  if (error instanceof AppError && error.code === 'invalid_address') {
    await failRun(id, error.message)
    return false
  }
  if (isOutOfTime(error) && events > 1) {
    caution.most = events >> 1
    log.warn({ err, runId: id }, 'a replay goes on in smaller parts')
    return true
  }
  if (databaseErrorKind(error) === 'fault' && caution.careful === 0) {
    caution.careful = REPLAY_BATCH.events
    log.warn({ err, runId: id }, 'a replay goes on event by event')
    return true
  }
  const noted = await noteFailedTry(id, err)
  if (noted?.isOver) log.error({ err, runId: id }, 'a replay failed')
  else log.warn({ err, runId: id }, 'a replay could not go on; it is tried again')
  return false
}

async function forever(signal: AbortSignal, work: () => Promise<boolean>): Promise<void> {
  while (!signal.aborted) {
    try {
      if (!(await work())) await pause(POLL_MS, signal)
    } catch (error) {
      log.warn(
        { err: databaseErrorMessage(error) },
        'replays could not go on; they are tried again',
      )
      await pause(BACKOFF_MS, signal)
    }
  }
}

async function listOpenRuns(): Promise<string[]> {
  const runs = await db().$queryRaw<{ id: string }[]>`
    SELECT id::text FROM replay_run
    WHERE kind = 'replay' AND status IN ('queued', 'running')
      AND (next_try_at IS NULL OR next_try_at <= clock_timestamp())
    ORDER BY created_at, id
    LIMIT 20`
  return runs.map(({ id }) => id)
}

async function failRun(id: string, message: string): Promise<void> {
  await db().replayRun.updateMany({
    where: { id, status: { in: ['queued', 'running'] } },
    data: { status: 'failed', finishedAt: new Date(), errorMessage: message },
  })
}
