import { Prisma, type Transaction } from '@/lib/db'
import { lockEvents } from '@/lib/event-log/claim-pending-events'
import { countSelected, pickEvents } from '@/lib/event-log/pick-events'
import { inProjectionTransaction } from '@/lib/projector/in-projection-transaction'
import { projectStoredEvents } from '@/lib/projector/project-stored-events'
import { REPLAY_BATCH } from './replay-batch'
import { selectionOf, type StoredSelection } from './replay-run'

/**
 * What became of a try: `taken` when another worker has the run or it is not to be worked on, `worked` when it
 * has got further, `finished` when that was the end.
 */
export type BatchOutcome = 'taken' | 'worked' | 'finished'

// A longer silence than this was a pause, or nobody was there to work.
const LONGEST_BEAT_MS = 10_000

const BEAT = Prisma.sql`
  status = 'running', heartbeat_at = clock_timestamp(),
  active_ms = active_ms + LEAST(${LONGEST_BEAT_MS}, extract(epoch FROM
    clock_timestamp() - COALESCE(heartbeat_at, transaction_timestamp())) * 1000)::bigint`

type OpenRun = StoredSelection & {
  id: string
  actor: string
  total: bigint | null
  cursorSeq: bigint
}

/**
 * Projects the next events of a run. The read model, the events, their attempts and the run's place and counts
 * are one transaction: whatever is killed when, each event counts once, and the run goes on where it was.
 * The run's row is locked meanwhile, so that any number of processes may try.
 *
 * @param options.events At most so many events.
 * @param options.blame Whether an unforeseen error is put down to the event that meets it alone.
 * @throws InvalidAddressError when the run's filter can't be read; whatever keeps the database from answering,
 * and unforeseen errors of the projection.
 */
export async function replayNextBatch(
  id: string,
  options: { events: number; blame: boolean } = { events: REPLAY_BATCH.events, blame: false },
): Promise<BatchOutcome> {
  return inProjectionTransaction(async (tx) => workOn(tx, id, options), { durable: false })
}

async function workOn(
  tx: Transaction,
  id: string,
  { events: most, blame }: { events: number; blame: boolean },
): Promise<BatchOutcome> {
  const run = await claim(tx, id)
  if (!run) return 'taken'
  const selection = selectionOf(run)
  if (run.total === null) {
    await begin(tx, id, await countSelected(tx, selection))
    return 'worked'
  }
  const limits = { after: run.cursorSeq, events: most, bodyBytes: REPLAY_BATCH.bodyBytes }
  const picked = await pickEvents(tx, selection, limits)
  const last = picked.at(-1)
  if (!last) {
    await finish(tx, id)
    return 'finished'
  }
  const events = await lockEvents(
    tx,
    picked.map(({ seq }) => seq),
  )
  const context = { trigger: 'replay', actor: run.actor, runId: id } as const
  const { applied, changed, failures } = await projectStoredEvents(tx, events, context, blame)
  await tx.$executeRaw`
    UPDATE replay_run
    SET cursor_seq = ${last.seq}, done = done + ${events.length}, changed = changed + ${changed.size},
        unchanged = unchanged + ${applied.length - changed.size},
        failed = failed + ${failures.length}, ${BEAT}
    WHERE id = ${id}::uuid`
  return 'worked'
}

async function claim(tx: Transaction, id: string): Promise<OpenRun | undefined> {
  const [run] = await tx.$queryRaw<OpenRun[]>`
    SELECT id::text, actor, filter, retry_of_id::text AS "retryOfId", upper_seq AS "upperSeq", total,
           cursor_seq AS "cursorSeq"
    FROM replay_run
    WHERE id = ${id}::uuid AND kind = 'replay' AND status IN ('queued', 'running')
    FOR UPDATE SKIP LOCKED`
  return run
}

async function begin(tx: Transaction, id: string, total: number): Promise<void> {
  await tx.$executeRaw`
    UPDATE replay_run
    SET total = ${total}, started_at = clock_timestamp(), ${BEAT}
    WHERE id = ${id}::uuid`
}

async function finish(tx: Transaction, id: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE replay_run
    SET status = 'finished', heartbeat_at = clock_timestamp(), finished_at = clock_timestamp()
    WHERE id = ${id}::uuid`
}
