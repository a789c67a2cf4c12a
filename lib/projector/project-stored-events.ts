import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Transaction } from '@/lib/db'
import { markApplied, markFailed, type EventFailure } from '@/lib/event-log/mark-events'
import { recordAttempts, type AttemptContext } from '@/lib/event-log/record-attempts'
import type { StoredEvent } from '@/lib/event-log/stored-event'
import type { Changes } from '@/lib/projections/changes'
import { ChangeFold } from '@/lib/projections/change-fold'
import { projectEvent } from '@/lib/projections/project-event'
import { PROJECTOR_VERSION } from '@/lib/projections/projector-version'
import { WHOLE_TABLES } from '@/lib/read-model/count-sources'
import { writeChanges } from '@/lib/read-model/write-changes'
import type { NoteKeys, WriteOptions } from '@/lib/read-model/write-options'
import { storableText } from '@/lib/schemas/storable'
import { databaseErrorKind, databaseErrorMessage } from './database-error'

/** What a batch says together, which of its events say it, and which can't be projected. */
type Projected = { changes: Changes; projected: StoredEvent[]; failures: EventFailure[] }

export type ProjectionContext = Pick<AttemptContext, 'trigger' | 'actor' | 'runId'>

export type ProjectionOutcome = {
  applied: bigint[]
  /** Those of the applied events that changed a row; the others lost, or their rows stand there already. */
  changed: Set<bigint>
  failures: EventFailure[]
}

/** How the changes of a batch are written; a dry run writes them elsewhere. */
export type Write = (tx: Transaction, changes: Changes) => Promise<Set<bigint>>

// Requests are answered between two slices: a large batch must not hold up the receiver.
const EVENTS_A_SLICE = 50

const MAX_MESSAGE_LENGTH = 2_000

/**
 * Projects locked events, writes the read model and notes the outcome on the events, all in the given
 * transaction. An event that can't be projected or written fails alone; the others go on.
 *
 * @param blame Whether an event that is written alone is to blame for an unforeseen error that it meets.
 * @param noteForCounting Of one batch of many: see WriteOptions.
 * @throws Errors for which no event is to blame: the transaction must roll back.
 */
export async function projectStoredEvents(
  tx: Transaction,
  events: StoredEvent[],
  context: ProjectionContext,
  blame = false,
  noteForCounting?: NoteKeys,
): Promise<ProjectionOutcome> {
  const startedAt = new Date()
  // A replay repairs: it puts right also what the event has won before.
  const thorough = context.trigger === 'replay'
  const options: WriteOptions = { thorough, sources: WHOLE_TABLES, noteForCounting }
  const write: Write = (inner, changes) => writeChanges(inner, changes, options)
  const { failures, changed } = await foldAndWrite(tx, events, write, {
    isArrival: context.trigger === 'arrival',
    blame,
  })
  const failed = new Set(failures.map(({ seq }) => seq))
  const applied = events.map(({ seq }) => seq).filter((seq) => !failed.has(seq))

  await markApplied(tx, applied, PROJECTOR_VERSION)
  await markFailed(tx, failures, PROJECTOR_VERSION)
  // An ordinary first success needs no row of its own.
  const told = context.trigger === 'arrival' ? [] : applied
  const attempts = [...told.map(success), ...failures.map(failure)]
  await recordAttempts(tx, attempts, { ...context, projectorVersion: PROJECTOR_VERSION, startedAt })
  return { applied, changed, failures }
}

async function projectAll(events: StoredEvent[], isArrival: boolean): Promise<Projected> {
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
        const outcome = isArrival ? 'failed' : result.outcome
        failures.push({ seq, outcome, code, message: storableMessage(message) })
      }
    } catch (error) {
      failures.push(fault(seq, error instanceof Error ? error.message : String(error)))
    }
  }
  return { changes: fold.result(), projected, failures }
}

/**
 * Folds events and writes what they say, in the given transaction; when the database refuses its data, each half by itself, down to the event to blame.
 * Folding part of a batch is as good as folding the whole: the read model does not depend on it. The
 * halves are projected anew: keeping what each event says, for the rare batch that needs it, would cost
 * every batch more in memory than the projection does in time.
 *
 * @param options.isArrival Whether what can't be projected was let in as projectable, and so has failed.
 * @param options.blame Whether an event that is written alone is to blame for an unforeseen error that it meets.
 * @returns The events that changed something, and those that can't be projected or written.
 */
export async function foldAndWrite(
  tx: Transaction,
  events: StoredEvent[],
  write: Write,
  options: { isArrival: boolean; blame: boolean },
): Promise<Omit<ProjectionOutcome, 'applied'>> {
  const { changes, projected, failures } = await projectAll(events, options.isArrival)
  const [first] = projected
  if (!first) return { failures, changed: new Set() }
  await tx.$executeRaw`SAVEPOINT batch`
  try {
    const changed = await write(tx, changes)
    await tx.$executeRaw`RELEASE SAVEPOINT batch`
    return { failures, changed }
  } catch (error) {
    const kind = databaseErrorKind(error)
    const isBlamed = options.blame && kind === 'fault' && projected.length === 1
    if (kind !== 'data' && !isBlamed) throw error
    await tx.$executeRaw`ROLLBACK TO SAVEPOINT batch`
    await tx.$executeRaw`RELEASE SAVEPOINT batch`
    if (isBlamed) failures.push(fault(first.seq, databaseErrorMessage(error)))
    else if (projected.length === 1) failures.push(refusal(first, error))
    if (projected.length === 1) return { failures, changed: new Set() }
  }
  const middle = projected.length >> 1
  const older = await foldAndWrite(tx, projected.slice(0, middle), write, options)
  const newer = await foldAndWrite(tx, projected.slice(middle), write, options)
  return {
    failures: [...failures, ...older.failures, ...newer.failures],
    changed: new Set([...older.changed, ...newer.changed]),
  }
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
