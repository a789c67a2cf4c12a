import type { Transaction } from '@/lib/db'
import type { FixedEventFilter } from '@/lib/event-filter/event-filter'
import { readEventFilterJson } from '@/lib/event-filter/event-filter-json'
import { InvalidAddressError } from '@/lib/errors'
import { log } from '@/lib/log'
import { eventCondition } from '@/lib/event-log/event-condition'
import { isOfDeletedMessage } from '@/lib/event-log/is-of-deleted-message'
import { inBriefTransaction } from './in-brief-transaction'
import { finishedWith } from './settle-delivery'

/** So many places of the log are gone through in one transaction, */
const WINDOW = 10_000n
/** and about so many bytes of bodies, where these are looked into: they are of any size. */
const WINDOW_BYTES = 32 * 1_048_576

type Run = {
  seq: bigint
  destinationId: string
  filter: unknown
  cursorSeq: bigint
  upperSeq: bigint
}

/**
 * Writes the next deliveries of a run that is not listed to its end: those of a stretch of the log, in one
 * transaction with how far it has come. Any number of processes may do so at once.
 *
 * @param turn After which run it is; moved on to the one that is taken. Runs have their turns, so that one that is
 *   long, or can't be listed, holds up no others.
 * @returns Whether there was a run to list.
 */
export async function listRunEvents(turn: { after: bigint } = { after: 0n }): Promise<boolean> {
  return inBriefTransaction(async (tx) => {
    const [run] = await tx.$queryRaw<Run[]>`
      SELECT seq, destination_id::text AS "destinationId", filter, cursor_seq AS "cursorSeq",
        upper_seq AS "upperSeq"
      FROM redelivery_run WHERE status = 'running' AND NOT listed
      ORDER BY seq <= ${turn.after}, seq LIMIT 1 FOR UPDATE SKIP LOCKED`
    if (!run) return false
    turn.after = run.seq
    const filter = readFilter(run)
    if (filter === null) {
      await tx.$executeRaw`UPDATE redelivery_run SET status = 'paused' WHERE seq = ${run.seq}`
      return true
    }
    const end = await endOfStretch(tx, run, filter.text !== undefined)
    const [found] = await tx.$queryRaw<{ listed: number; ofDeleted: number }[]>`
      WITH chosen AS MATERIALIZED (
        SELECT e.seq, ${isOfDeletedMessage('e')} AS of_deleted FROM webhook_event e
        WHERE e.seq > ${run.cursorSeq} AND e.seq <= ${end} AND ${eventCondition(filter)}),
      written AS (
        INSERT INTO delivery (run_seq, event_seq, destination_id)
        SELECT ${run.seq}, seq, ${run.destinationId}::uuid FROM chosen
        ON CONFLICT DO NOTHING RETURNING event_seq)
      SELECT count(*)::int AS listed, count(*) FILTER (WHERE of_deleted)::int AS "ofDeleted"
      FROM written JOIN chosen ON seq = event_seq`
    await tx.$executeRaw`
      UPDATE redelivery_run SET cursor_seq = ${end}, total = total + ${found!.listed},
        of_deleted = of_deleted + ${found!.ofDeleted}, listed = ${end >= run.upperSeq}
      WHERE seq = ${run.seq}`
    // What has been settled while it was listed, or nothing at all, may be all of it.
    await tx.$executeRaw`UPDATE redelivery_run r SET ${finishedWith(0)} WHERE r.seq = ${run.seq}`
    return true
  })
}

async function endOfStretch(tx: Transaction, run: Run, looksIntoBodies: boolean): Promise<bigint> {
  const end = run.cursorSeq + WINDOW < run.upperSeq ? run.cursorSeq + WINDOW : run.upperSeq
  if (!looksIntoBodies) return end
  const [beyond] = await tx.$queryRaw<{ first: bigint | null }[]>`
    SELECT min(seq) AS first FROM (
      SELECT seq, sum(body_size) OVER (ORDER BY seq) - body_size AS bytes_before
      FROM webhook_event WHERE seq > ${run.cursorSeq} AND seq <= ${end}) sized
    WHERE bytes_before >= ${WINDOW_BYTES}`
  return beyond?.first == null ? end : beyond.first - 1n
}

// Of a filter that a later version has written nothing may be guessed, and other runs must not wait for it.
function readFilter({ seq, filter }: Run): FixedEventFilter | null {
  try {
    return readEventFilterJson(filter)
  } catch (error) {
    if (!(error instanceof InvalidAddressError)) throw error
    log.error({ runSeq: String(seq) }, `A run of redelivery is paused. ${error.message}`)
    return null
  }
}
