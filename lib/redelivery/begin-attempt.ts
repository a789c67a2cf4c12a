import { db } from '@/lib/db'
import { TOTAL_MS } from './post-event'
import type { ClaimedDelivery } from './claim-deliveries'

/** An attempt that is written down, and what it is to send. */
export type BegunAttempt = {
  /** Of all attempts of this delivery, and since it was last sent by hand. */
  number: number
  tries: number
  runId: string
  eventId: string
  body: string
  claims: Record<string, unknown>
}

// For a process that was held up just after the question.
const MARGIN_MS = 5_000

/**
 * Writes an attempt down before it is made, so that one which dies with its process is known of.
 *
 * @returns Null when it is not to be made: the lease is over or too short for it, or its run is not running.
 */
export async function beginAttempt(
  { runSeq, eventSeq, lease }: ClaimedDelivery,
  address: string,
): Promise<BegunAttempt | null> {
  const needed = (TOTAL_MS + MARGIN_MS) / 1_000
  const [begun] = await db().$queryRaw<BegunAttempt[]>`
    WITH begun AS (
      UPDATE delivery d SET attempts = d.attempts + 1, tries = d.tries + 1
      FROM redelivery_run r
      WHERE d.run_seq = ${runSeq} AND d.event_seq = ${eventSeq} AND d.lease = ${lease}::uuid
        AND d.next_attempt_at > clock_timestamp() + make_interval(secs => ${needed})
        AND r.seq = d.run_seq AND r.status = 'running'
      RETURNING d.run_seq, d.event_seq, d.attempts, d.tries, r.id),
    written AS (
      INSERT INTO delivery_attempt (run_seq, event_seq, number, address, started_at)
      SELECT run_seq, event_seq, attempts, ${address}, clock_timestamp() FROM begun)
    SELECT b.attempts AS number, b.tries, b.id::text AS "runId", e.id::text AS "eventId", e.body, e.claims
    FROM begun b JOIN webhook_event e ON e.seq = b.event_seq`
  return begun ?? null
}
