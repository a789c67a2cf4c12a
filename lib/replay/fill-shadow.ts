import type { Half } from '@/lib/event-log/claim-pending-events'
import { readEvents, type LoggedEvent } from '@/lib/event-log/read-events'
import { Prisma, type Transaction } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { databaseErrorKind } from '@/lib/projector/database-error'
import { inProjectionTransaction } from '@/lib/projector/in-projection-transaction'
import { foldAndWrite } from '@/lib/projector/project-stored-events'
import { writeChanges } from '@/lib/read-model/write-changes'
import { orderEvents, readOrderedEvents, type PlacedEvent } from './fill-order'
import type { FillCursor, ShadowFill } from './shadow-fill'

// Each half of the subjects is folded by itself, one while Postgres writes the other.
const HALVES: readonly Half[] = [0, 1]
// Twice as many take a sixth less of Node's time, and 60 MiB more.
const BATCH = { events: 250, bodyBytes: 2 * 1024 * 1024 }

/** Somebody else goes on with this fill. */
export class FillTakenOverError extends AppError {
  constructor() {
    super('taken_over', 'Another process has taken over.')
  }
}

export type FillOptions = {
  signal: AbortSignal
  /** Called before the shadow is made anew, empty: nothing that was counted stands any more. */
  onBegin: () => Promise<void>
  /**
   * Called last in the transaction of every batch, so that what it writes counts each event once; what it
   * throws rolls the batch back and ends the fill.
   */
  onBatch: (tx: Transaction, counts: { events: number; failed: number }) => Promise<void>
}

/** Events of a half, all that come after the cursor or some, and which of them came by subject. */
type FillEvents = (LoggedEvent | PlacedEvent)[]
type Read = (after: FillCursor) => Promise<FillEvents>

/**
 * Folds the log into a shadow up to an event, from where the fill stands: what is there when it begins subject by
 * subject, and what comes later in its order. Each batch moves the fill on in its own transaction, so that a crash at
 * any point loses and repeats nothing. Events are folded whatever their status; what becomes of those that end otherwise
 * than their row says is noted beside the tables.
 *
 * @param upTo Nothing may be committed below it later: see settledSeq.
 * @throws FillTakenOverError, the signal's reason, and whatever keeps the database from answering.
 */
export async function fillShadow(
  fill: ShadowFill,
  upTo: bigint,
  options: FillOptions,
): Promise<void> {
  if (fill.orderedTo === null) {
    if (upTo === 0n) return
    if (!(await orderEvents(fill, upTo, options.signal))) throw new FillTakenOverError()
  }
  const failed = new AbortController()
  const signal = AbortSignal.any([options.signal, failed.signal])
  const halves = HALVES.map((half) => fillHalf(fill, half, upTo, { ...options, signal }))
  for (const half of halves) half.catch((error: unknown) => failed.abort(error))
  await Promise.allSettled(halves)
  await Promise.all(halves)
}

async function fillHalf(
  fill: ShadowFill,
  half: Half,
  upTo: bigint,
  options: FillOptions,
): Promise<void> {
  const cursors = fill.cursors
  if (fill.orderedTo !== null && cursors[half].seq < fill.orderedTo) {
    await foldAll(fill, half, ({ place }) => readOrderedEvents(fill, half, place, BATCH), options)
    await moveTo(fill, half, { ...cursors[half], seq: fill.orderedTo })
  }
  await foldAll(fill, half, ({ seq }) => readEvents({ after: seq, upTo, half, ...BATCH }), options)
  if (cursors[half].seq < upTo) await moveTo(fill, half, { ...cursors[half], seq: upTo })
}

async function foldAll(
  fill: ShadowFill,
  half: Half,
  readAfter: Read,
  options: FillOptions,
): Promise<void> {
  const read: Read = (after) => {
    const events = readAfter(after)
    // It fails where it is awaited, which may be never.
    events.catch(() => undefined)
    return events
  }
  let next = read(fill.cursors[half])
  for (;;) {
    const events = await next
    options.signal.throwIfAborted()
    if (events.length === 0) return
    next = read(cursorAfter(fill.cursors[half], events))
    await writeOrHalve(fill, half, events, options)
  }
}

function cursorAfter(cursor: FillCursor, events: FillEvents): FillCursor {
  const last = events.at(-1)
  if (!last) return cursor
  return 'place' in last ? { ...cursor, place: last.place } : { ...cursor, seq: last.seq }
}

// An unforeseen error of one event keeps the others from being written: it is found by halving.
async function writeOrHalve(
  fill: ShadowFill,
  half: Half,
  events: FillEvents,
  options: FillOptions,
): Promise<void> {
  try {
    await writeBatch(fill, half, events, options)
  } catch (error) {
    if (databaseErrorKind(error) !== 'fault' || events.length === 1) throw error
    const middle = events.length >> 1
    await writeOrHalve(fill, half, events.slice(0, middle), options)
    await writeOrHalve(fill, half, events.slice(middle), options)
  }
}

async function writeBatch(
  fill: ShadowFill,
  half: Half,
  events: FillEvents,
  { onBatch }: FillOptions,
): Promise<void> {
  const end = cursorAfter(fill.cursors[half], events)
  await inProjectionTransaction(
    async (tx) => {
      // Whoever goes on with this fill elsewhere waits for this process, which may have been suspended for good.
      await tx.$executeRaw`SET LOCAL idle_in_transaction_session_timeout = '30s'`
      // Before anything is written: then nobody writes the same twice.
      await moveOn(tx, fill, half, end)
      const { failures } = await foldAndWrite(tx, events, writeChanges, {
        isArrival: false,
        blame: events.length === 1,
      })
      await noteOutcomes(tx, events, failures)
      await onBatch(tx, { events: events.length, failed: failures.length })
    },
    { durable: false, shadow: fill.schema },
  )
  fill.cursors[half] = end
}

type Failure = Awaited<ReturnType<typeof foldAndWrite>>['failures'][number]

/** Notes, in the shadow that the search path leads to, what ends otherwise than the event's row says. */
async function noteOutcomes(
  tx: Transaction,
  events: LoggedEvent[],
  failures: Failure[],
): Promise<void> {
  const failed = new Map(failures.map((failure) => [failure.seq, failure]))
  const records = events.flatMap(({ seq, status }) => {
    const { outcome, code, message } = failed.get(seq) ?? {
      outcome: 'applied',
      code: null,
      message: null,
    }
    // One that waits for the projector is going to be told its outcome by it.
    return status === outcome || status === 'pending'
      ? []
      : [{ seq: String(seq), outcome, code, message }]
  })
  if (records.length === 0) return
  await tx.$executeRaw`
    INSERT INTO fill_outcome (seq, outcome, code, message)
    SELECT seq, outcome, code, message
    FROM json_to_recordset(${JSON.stringify(records)}::json)
      AS x(seq bigint, outcome text, code text, message text)`
}

async function moveTo(fill: ShadowFill, half: Half, to: FillCursor): Promise<void> {
  await inProjectionTransaction((tx) => moveOn(tx, fill, half, to), {
    durable: false,
    shadow: fill.schema,
  })
  fill.cursors[half] = to
}

async function moveOn(
  tx: Transaction,
  { cursors }: ShadowFill,
  half: Half,
  to: FillCursor,
): Promise<void> {
  const { seq, place } = cursors[half]
  const moved = await tx.$executeRaw(
    Prisma.sql`UPDATE fill_cursor SET seq = ${to.seq}, place = ${to.place}
      WHERE half = ${half} AND seq = ${seq} AND place = ${place}`,
  )
  if (moved !== 1) throw new FillTakenOverError()
}
