import { setTimeout as delay } from 'node:timers/promises'
import { db } from '@/lib/db'
import { findEventById } from '@/lib/event-log/find-event'
import { AppError } from '@/lib/errors'
import { createRunOfOne } from './create-run'
import { REPLAY_BATCH } from './replay-batch'
import { readRunState } from './read-run-state'
import { replayNextBatch } from './replay-next-batch'
import { RunStatusError } from './replay-run'

const POLL_MS = 50
const PATIENCE_MS = 30_000

/** There is no event with this id. */
export class EventNotFoundError extends AppError {
  constructor() {
    super('event_not_found', 'There is no event with this id.')
  }
}

export type ReplayResult = {
  outcome: 'applied' | 'failed' | 'unsupported' | 'invalid' | 'duplicate'
  message?: string
}

/**
 * Projects one stored event again, through the same projector as an arrival: a run of this one event, which is kept
 * like any other. It is checked against today's schemas, so that an event that was invalid or unsupported takes
 * effect once it fits. Replaying an old event undoes nothing newer, and a duplicate is never projected.
 *
 * @param id The event's public id.
 * @param actor Who asks for it, for the run and the event's list of attempts.
 * @throws EventNotFoundError when there is no such event; RunStatusError when somebody has stopped the run, or it is
 *   not over in time and goes on.
 */
export async function replayEvent(id: string, actor: string): Promise<ReplayResult> {
  const event = await findEventById(id)
  if (!event) throw new EventNotFoundError()
  if (event.status === 'duplicate') {
    return { outcome: 'duplicate', message: 'A duplicate is not projected: replay its original.' }
  }
  const runId = await createRunOfOne({ id, seq: event.seq }, actor)
  await workUntilOver(runId)
  const attempt = await db().eventAttempt.findFirst({
    where: { runId },
    select: { outcome: true, errorMessage: true },
  })
  if (!attempt) throw new RunStatusError('Somebody has cancelled the replay.')
  return attempt.outcome === 'applied'
    ? { outcome: 'applied' }
    : { outcome: attempt.outcome, message: attempt.errorMessage ?? undefined }
}

// The workers may have taken it up as well: then this one watches.
async function workUntilOver(runId: string): Promise<void> {
  const until = performance.now() + PATIENCE_MS
  for (;;) {
    const outcome = await replayNextBatch(runId, { ...REPLAY_BATCH, blame: true })
    if (outcome === 'finished') return
    if (outcome === 'worked') continue
    if ((await readRunState(runId)).isOver) return
    if (performance.now() > until) {
      throw new RunStatusError('The replay is under way: its page tells what becomes of it.')
    }
    await delay(POLL_MS)
  }
}
