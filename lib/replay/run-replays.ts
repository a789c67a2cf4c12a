import { db } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { log } from '@/lib/log'
import { databaseErrorKind, databaseErrorMessage } from '@/lib/projector/database-error'
import { pause } from '@/lib/pause'
import { REPLAY_BATCH } from './replay-batch'
import { replayNextBatch } from './replay-next-batch'
import { workOnDryRun } from './work-on-dry-run'

const POLL_MS = 1_000
const BACKOFF_MS = 2_000
// Arrivals go first. Where they never stop, a run still gets a batch in so many milliseconds.
const MOST_PATIENCE_MS = 2_000
const PATIENCE_STEP_MS = 100

/**
 * Works on replay runs and dry runs until the signal aborts; any number of processes may. It outlives the
 * database going away and never throws; a batch that is under way when the signal aborts is finished first.
 */
export async function runReplays({ signal }: { signal: AbortSignal }): Promise<void> {
  await Promise.all([
    forever(signal, async () => {
      let worked = false
      for (const id of await listOpenRuns()) {
        if (signal.aborted) return worked
        worked = (await workOnRun(id, signal)) || worked
      }
      return worked
    }),
    forever(signal, () => workOnDryRun(signal)),
  ])
}

/**
 * Works on one run until it is finished, paused, cancelled or in somebody else's hands, letting arrivals go first.
 *
 * @returns Whether it got any further.
 * @throws Whatever keeps the database from answering.
 */
export async function workOnRun(id: string, signal: AbortSignal): Promise<boolean> {
  let worked = false
  // After an unforeseen error events are taken one by one, until as many as a batch has went well.
  let careful = 0
  while (!signal.aborted) {
    await letArrivalsGoFirst(signal)
    try {
      const options = { events: careful > 0 ? 1 : REPLAY_BATCH.events, blame: careful > 0 }
      const outcome = await replayNextBatch(id, options)
      if (outcome !== 'worked') return worked
      worked = true
      careful = Math.max(0, careful - 1)
    } catch (error) {
      if (error instanceof AppError && error.code === 'invalid_address') {
        await failRun(id, error.message)
        return worked
      }
      if (databaseErrorKind(error) !== 'fault' || careful > 0) throw error
      log.warn({ err: databaseErrorMessage(error), runId: id }, 'a replay goes on event by event')
      careful = REPLAY_BATCH.events
    }
  }
  return worked
}

async function forever(signal: AbortSignal, work: () => Promise<boolean>): Promise<void> {
  while (!signal.aborted) {
    try {
      if (!(await work())) await pause(POLL_MS, signal)
    } catch (error) {
      log.warn({ err: databaseErrorMessage(error) }, 'a replay could not go on; it is tried again')
      await pause(BACKOFF_MS, signal)
    }
  }
}

async function listOpenRuns(): Promise<string[]> {
  const runs = await db().replayRun.findMany({
    where: { kind: 'replay', status: { in: ['queued', 'running'] } },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    select: { id: true },
    take: 20,
  })
  return runs.map(({ id }) => id)
}

async function letArrivalsGoFirst(signal: AbortSignal): Promise<void> {
  const until = performance.now() + MOST_PATIENCE_MS
  while (!signal.aborted && performance.now() < until) {
    const waiting = await db().webhookEvent.findFirst({
      where: { status: 'pending' },
      orderBy: { seq: 'asc' },
      select: { seq: true },
    })
    if (!waiting) return
    await pause(PATIENCE_STEP_MS, signal)
  }
}

async function failRun(id: string, message: string): Promise<void> {
  await db().replayRun.updateMany({
    where: { id, status: { in: ['queued', 'running'] } },
    data: { status: 'failed', finishedAt: new Date(), errorMessage: message },
  })
}
