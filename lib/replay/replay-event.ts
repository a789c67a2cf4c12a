import { findEventById } from '@/lib/event-log/find-event'
import { AppError } from '@/lib/errors'
import { projectEvents } from '@/lib/projector/project-events'

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
 * Projects one stored event again, through the same projector as an arrival. It is checked against
 * today's schemas, so that an event that was invalid or unsupported takes effect once it fits. Replaying
 * an old event undoes nothing newer, and a duplicate is never projected.
 *
 * @param id The event's public id.
 * @param actor Who asks for it, for the event's list of attempts.
 * @throws EventNotFoundError when there is no such event.
 */
export async function replayEvent(id: string, actor: string): Promise<ReplayResult> {
  const event = await findEventById(id)
  if (!event) throw new EventNotFoundError()
  if (event.status === 'duplicate') {
    return { outcome: 'duplicate', message: 'A duplicate is not projected: replay its original.' }
  }
  const { failures } = await projectEvents([event.seq], { trigger: 'replay', actor })
  const failure = failures[0]
  return failure ? { outcome: failure.outcome, message: failure.message } : { outcome: 'applied' }
}
