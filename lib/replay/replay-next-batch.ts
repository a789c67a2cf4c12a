import { Prisma, db, type Transaction } from '@/lib/db'
import { lockEvents } from '@/lib/event-log/claim-pending-events'
import { countSelected, pickEvents, type PickedEvent } from '@/lib/event-log/pick-events'
import { inProjectionTransaction } from '@/lib/projector/in-projection-transaction'
import { projectStoredEvents } from '@/lib/projector/project-stored-events'
import { Pace } from './pace'
import { REPLAY_BATCH } from './replay-batch'
import { selectionOf, type StoredSelection } from './replay-run'
import { countNextTotals, notingFor } from './touched-totals'

/**
 * What became of a try: `taken` when another worker has the run or it is not to be worked on, `worked` when it
 * has got further, `finished` when that was the end.
 */
export type BatchOutcome = 'taken' | 'worked' | 'finished'

// A longer silence than this was a pause, or nobody was there to work.
const LONGEST_BEAT_MS = 10_000
const TIMEOUT_MS = 60_000

const BEAT = Prisma.sql`
  status = 'running', heartbeat_at = clock_timestamp(),
  active_ms = active_ms + LEAST(${LONGEST_BEAT_MS}, extract(epoch FROM
    clock_timestamp() - COALESCE(heartbeat_at, transaction_timestamp())) * 1000)::bigint,
  tries = 0, next_try_at = NULL, error_message = NULL`

const IS_OPEN = Prisma.sql`
  kind = 'replay' AND status IN ('queued', 'running')
  AND (next_try_at IS NULL OR next_try_at <= clock_timestamp())`

type OpenRun = StoredSelection & {
  id: string
  actor: string
  total: bigint | null
  countedSeq: bigint
  cursorSeq: bigint
}

export type BatchOptions = {
  /** At most so many events. */
  events: number
  /** Whether an unforeseen error is put down to the event that meets it alone. */
  blame: boolean
  /** How much of the log is read at once; kept from one batch to the next. */
  pace?: Pace
  /** The batch is rolled back when it takes longer. */
  timeoutMs?: number
}

/**
 * Counts a stretch of the log, or projects the next events of a run, or, behind the last one, counts totals of what
 * they have named: a room or a field of many batches is counted once. The read model, the events, their attempts and
 * the run's place and counts are one transaction: whatever is killed when, each event counts once, and the run goes on
 * where it was. The run's row is locked meanwhile, so that any number of processes may try. It is not locked while
 * the events are looked for, which may take a while.
 *
 * @throws InvalidAddressError when the run's filter can't be read; TooSlowError when the log can't; whatever keeps the
 * database from answering in time, and unforeseen errors of the projection.
 */
export async function replayNextBatch(
  id: string,
  options: BatchOptions = { events: REPLAY_BATCH.events, blame: false },
): Promise<BatchOutcome> {
  const run = await findOpenRun(id)
  if (!run) return 'taken'
  const pace = options.pace ?? new Pace()
  if (run.total === null) return countOn(run, pace)
  const selection = selectionOf(run)
  const { events, timeoutMs = TIMEOUT_MS } = options
  const next = await pace.read(run.cursorSeq, run.upperSeq, (tx, upTo) =>
    pickEvents(tx, selection, {
      after: run.cursorSeq,
      upTo,
      events,
      bodyBytes: REPLAY_BATCH.bodyBytes,
    }),
  )
  if (!next) return 'worked'
  return inProjectionTransaction(async (tx) => project(tx, run, next, options), {
    durable: false,
    timeoutMs,
  })
}

async function countOn(run: OpenRun, pace: Pace): Promise<BatchOutcome> {
  const after = run.countedSeq
  const selection = selectionOf(run)
  const counted = await pace.read(after, run.upperSeq, (tx, upTo) =>
    countSelected(tx, selection, { after, upTo }),
  )
  if (!counted) return 'worked'
  const { found, upTo } = counted
  // Whoever else has counted the same stretch meanwhile has moved the mark.
  const moved = await db().$executeRaw`
    UPDATE replay_run
    SET counted = counted + ${found}, counted_seq = ${upTo},
        total = CASE WHEN ${upTo} >= upper_seq THEN counted + ${found} END,
        started_at = COALESCE(started_at, clock_timestamp()), ${BEAT}
    WHERE id = ${run.id}::uuid AND ${IS_OPEN} AND total IS NULL AND counted_seq = ${after}`
  return moved === 1 ? 'worked' : 'taken'
}

async function project(
  tx: Transaction,
  run: OpenRun,
  { found: picked, upTo }: { found: PickedEvent[]; upTo: bigint },
  { events: most, blame }: BatchOptions,
): Promise<BatchOutcome> {
  if (!(await claim(tx, run))) return 'taken'
  if (picked.length === 0 && upTo >= run.upperSeq) return countOrFinish(tx, run.id, most)
  const events = await lockEvents(
    tx,
    picked.map(({ seq }) => seq),
  )
  const context = { trigger: 'replay', actor: run.actor, runId: run.id } as const
  const { applied, changed, failures } = await projectStoredEvents(
    tx,
    events,
    context,
    blame,
    notingFor(run.id),
  )
  await tx.$executeRaw`
    UPDATE replay_run
    SET cursor_seq = ${picked.at(-1)?.seq ?? upTo}, done = done + ${events.length},
        changed = changed + ${changed.size}, unchanged = unchanged + ${applied.length - changed.size},
        failed = failed + ${failures.length}, ${BEAT}
    WHERE id = ${run.id}::uuid`
  return 'worked'
}

async function findOpenRun(id: string): Promise<OpenRun | undefined> {
  const [run] = await db().$queryRaw<OpenRun[]>`
    SELECT id::text, actor, filter, retry_of_id::text AS "retryOfId",
           repair_of_id::text AS "repairOfId", upper_seq AS "upperSeq", total,
           counted_seq AS "countedSeq", cursor_seq AS "cursorSeq"
    FROM replay_run
    WHERE id = ${id}::uuid AND ${IS_OPEN}`
  return run
}

// Where the cursor has moved, somebody else has projected what was picked.
async function claim(tx: Transaction, { id, cursorSeq }: OpenRun): Promise<boolean> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id::text FROM replay_run
    WHERE id = ${id}::uuid AND ${IS_OPEN} AND cursor_seq = ${cursorSeq}
    FOR UPDATE SKIP LOCKED`
  return rows.length === 1
}

async function countOrFinish(tx: Transaction, id: string, most: number): Promise<BatchOutcome> {
  if (await countNextTotals(tx, id, most)) {
    // Behind the last event nothing is looked for again.
    await tx.$executeRaw`
      UPDATE replay_run SET cursor_seq = upper_seq, ${BEAT} WHERE id = ${id}::uuid`
    return 'worked'
  }
  await tx.$executeRaw`
    UPDATE replay_run
    SET status = 'finished', heartbeat_at = clock_timestamp(), finished_at = clock_timestamp()
    WHERE id = ${id}::uuid`
  return 'finished'
}
