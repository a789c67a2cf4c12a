import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Transaction } from '@/lib/db'
import { markApplied, markFailed, type EventFailure } from '@/lib/event-log/mark-events'
import { recordAttempts, type AttemptContext } from '@/lib/event-log/record-attempts'
import type { StoredEvent } from '@/lib/event-log/stored-event'
import type { Changes } from '@/lib/projections/changes'
import { ChangeFold } from '@/lib/projections/change-fold'
import { projectEvent } from '@/lib/projections/project-event'
import { PROJECTOR_VERSION } from '@/lib/projections/projector-version'
import { writeChanges } from '@/lib/read-model/write-changes'
import { storableText } from '@/lib/schemas/storable'
import { databaseErrorKind, databaseErrorMessage } from './database-error'

/** What a batch says together, which of its events say it, and which can't be projected. */
type Projected = { changes: Changes; projected: StoredEvent[]; failures: EventFailure[] }

export type ProjectionContext = Pick<AttemptContext, 'trigger' | 'actor'>

export type ProjectionOutcome = { applied: bigint[]; failures: EventFailure[] }

// Requests are answered between two slices: a large batch must not hold up the receiver.
const EVENTS_A_SLICE = 50

const MAX_MESSAGE_LENGTH = 2_000

/**
 * Projects locked events, writes the read model and notes the outcome on the events, all in the given
 * transaction. An event that can't be projected or written fails alone; the others go on.
 *
 * @param blame Whether an event that is written alone is to blame for an unforeseen error that it meets.
 * @throws Errors for which no event is to blame: the transaction must roll back.
 */
export async function projectStoredEvents(
  tx: Transaction,
  events: StoredEvent[],
  context: ProjectionContext,
  blame = false,
): Promise<ProjectionOutcome> {
  const startedAt = new Date()
  const failures = await writeOrBisect(tx, events, context, blame)
  const failed = new Set(failures.map(({ seq }) => seq))
  const applied = events.map(({ seq }) => seq).filter((seq) => !failed.has(seq))

  await markApplied(tx, applied, PROJECTOR_VERSION)
  await markFailed(tx, failures, PROJECTOR_VERSION)
  // An ordinary first success needs no row of its own.
  const told = context.trigger === 'arrival' ? [] : applied
  const attempts = [...told.map(success), ...failures.map(failure)]
  await recordAttempts(tx, attempts, { ...context, projectorVersion: PROJECTOR_VERSION, startedAt })
  return { applied, failures }
}

async function projectAll(
  events: StoredEvent[],
  { trigger }: ProjectionContext,
): Promise<Projected> {
  const fold = new ChangeFold()
  const projected: StoredEvent[] = []
  const failures: EventFailure[] = []
  for (const [index, event] of events.entries()) {
    if (index > 0 && index % EVENTS_A_SLICE === 0) await nextTurn()
    const { seq } = event
    try {
      const result = projectEvent(event)
      if (result.ok) {
        fold.add(result.changes)
        projected.push(event)
      } else {
        const { code, message } = result
        // The door let it in as projectable, so that this is a failure and needs a person's eye.
        const outcome = trigger === 'arrival' ? 'failed' : result.outcome
        failures.push({ seq, outcome, code, message: storableMessage(message) })
      }
    } catch (error) {
      failures.push(fault(seq, error instanceof Error ? error.message : String(error)))
    }
  }
  return { changes: fold.result(), projected, failures }
}

/**
 * Writes a batch; when the database refuses its data, each half by itself, down to the event to blame.
 * Folding part of a batch is as good as folding the whole: the read model does not depend on it. The
 * halves are projected anew: keeping what each event says, for the rare batch that needs it, would cost
 * every batch more in memory than the projection does in time.
 */
async function writeOrBisect(
  tx: Transaction,
  events: StoredEvent[],
  context: ProjectionContext,
  blame: boolean,
): Promise<EventFailure[]> {
  const { changes, projected, failures } = await projectAll(events, context)
  const [first] = projected
  if (!first) return failures
  await tx.$executeRaw`SAVEPOINT batch`
  try {
    await writeChanges(tx, changes)
    await tx.$executeRaw`RELEASE SAVEPOINT batch`
    return failures
  } catch (error) {
    const kind = databaseErrorKind(error)
    const isBlamed = blame && kind === 'fault' && projected.length === 1
    if (kind !== 'data' && !isBlamed) throw error
    await tx.$executeRaw`ROLLBACK TO SAVEPOINT batch`
    await tx.$executeRaw`RELEASE SAVEPOINT batch`
    if (isBlamed) return [...failures, fault(first.seq, databaseErrorMessage(error))]
    if (projected.length === 1) return [...failures, refusal(first, error)]
  }
  const middle = projected.length >> 1
  failures.push(...(await writeOrBisect(tx, projected.slice(0, middle), context, blame)))
  failures.push(...(await writeOrBisect(tx, projected.slice(middle), context, blame)))
  return failures
}

function fault(seq: bigint, message: string): EventFailure {
  return { seq, outcome: 'failed', code: 'projection_error', message: storableMessage(message) }
}

function refusal(event: StoredEvent, error: unknown): EventFailure {
  const message = storableMessage(`The database refused it: ${databaseErrorMessage(error)}`)
  return { seq: event.seq, outcome: 'failed', code: 'write_refused', message }
}

// It may quote the event: what can't be stored would fail the batch that wants to say so.
function storableMessage(message: string): string {
  return storableText(message.slice(0, MAX_MESSAGE_LENGTH))
}

function success(eventSeq: bigint) {
  return { eventSeq, outcome: 'applied', errorCode: null, errorMessage: null } as const
}

function failure({ seq, outcome, code, message }: EventFailure) {
  return { eventSeq: seq, outcome, errorCode: code, errorMessage: message }
}
