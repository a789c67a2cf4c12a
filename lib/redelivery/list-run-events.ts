import { db, Prisma } from '@/lib/db'
import { readEventFilterJson } from '@/lib/event-filter/event-filter-json'
import { InvalidAddressError } from '@/lib/errors'
import { log } from '@/lib/log'
import { eventCondition } from '@/lib/event-log/event-condition'
import { finishedWith } from './settle-delivery'

/** So many places of the log are gone through in one transaction. */
const WINDOW = 10_000n

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
 * @returns Whether there was a run to list.
 */
export async function listRunEvents(): Promise<boolean> {
  return db().$transaction(async (tx) => {
    const [run] = await tx.$queryRaw<Run[]>`
      SELECT seq, destination_id::text AS "destinationId", filter, cursor_seq AS "cursorSeq",
        upper_seq AS "upperSeq"
      FROM redelivery_run WHERE status = 'running' AND NOT listed
      ORDER BY seq LIMIT 1 FOR UPDATE SKIP LOCKED`
    if (!run) return false
    const condition = readCondition(run)
    if (condition === null) {
      await tx.$executeRaw`UPDATE redelivery_run SET status = 'paused' WHERE seq = ${run.seq}`
      return true
    }
    const end = run.cursorSeq + WINDOW < run.upperSeq ? run.cursorSeq + WINDOW : run.upperSeq
    const found = await tx.$executeRaw`
      INSERT INTO delivery (run_seq, event_seq, destination_id)
      SELECT ${run.seq}, e.seq, ${run.destinationId}::uuid FROM webhook_event e
      WHERE e.seq > ${run.cursorSeq} AND e.seq <= ${end}
        AND ${condition}
      ON CONFLICT DO NOTHING`
    await tx.$executeRaw`
      UPDATE redelivery_run SET cursor_seq = ${end}, total = total + ${found},
        listed = ${end >= run.upperSeq} WHERE seq = ${run.seq}`
    // What has been settled while it was listed, or nothing at all, may be all of it.
    await tx.$executeRaw`UPDATE redelivery_run r SET ${finishedWith(0)} WHERE r.seq = ${run.seq}`
    return true
  })
}

// Of a filter that a later version has written nothing may be guessed, and other runs must not wait for it.
function readCondition({ seq, filter }: Run): Prisma.Sql | null {
  try {
    return eventCondition(readEventFilterJson(filter))
  } catch (error) {
    if (!(error instanceof InvalidAddressError)) throw error
    log.error({ runSeq: String(seq) }, `A run of redelivery is paused. ${error.message}`)
    return null
  }
}
