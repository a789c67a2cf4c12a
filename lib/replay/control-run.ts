import { db, Prisma } from '@/lib/db'
import type { ReplayStatus } from '@/lib/generated/prisma/enums'
import { isEventId } from '@/lib/schemas/is-event-id'
import { RunNotFoundError, RunStatusError } from './replay-run'

/** What can be asked of a run that is under way. */
export type RunCommand = 'pause' | 'resume' | 'cancel'

const FROM: Record<RunCommand, ReplayStatus[]> = {
  pause: ['queued', 'running'],
  resume: ['paused'],
  cancel: ['queued', 'running', 'paused'],
}

const TO: Record<RunCommand, ReplayStatus> = {
  pause: 'paused',
  resume: 'queued',
  cancel: 'cancelled',
}

// The new tables of a rebuild are in place, and what came of each event is noted on it.
const IS_NOTING: Prisma.ReplayRunWhereInput = {
  kind: 'rebuild',
  report: { path: ['stage'], equals: 'noting' },
}

/**
 * Pauses, resumes or cancels a run. It takes effect between two batches: the events that are being projected are
 * finished first. What a cancelled run has done stays done.
 *
 * @throws RunNotFoundError, or RunStatusError when the run is no longer, or not yet, where that makes sense. A rebuild
 *   that has swapped the tables can't be stopped.
 */
export async function controlRun(id: string, command: RunCommand): Promise<void> {
  if (!isEventId(id)) throw new RunNotFoundError()
  const { count } = await db().replayRun.updateMany({
    where: {
      id,
      status: { in: FROM[command] },
      // Nothing is unequal to a report that is not there.
      OR: [{ report: { equals: Prisma.DbNull } }, { NOT: IS_NOTING }],
    },
    data: {
      status: TO[command],
      // The time until it goes on is no time of work.
      ...(command === 'resume'
        ? { heartbeatAt: null, tries: 0, nextTryAt: null, errorMessage: null }
        : {}),
      finishedAt: command === 'cancel' ? new Date() : undefined,
    },
  })
  if (count > 0) return
  const run = await db().replayRun.findUnique({ where: { id }, select: { status: true } })
  if (!run) throw new RunNotFoundError()
  if ((await db().replayRun.count({ where: { id, ...IS_NOTING, status: 'running' } })) > 0) {
    throw new RunStatusError('The new tables are in place already: it can’t be stopped any more.')
  }
  throw new RunStatusError(`The run is ${run.status}: there is nothing to ${command}.`)
}
