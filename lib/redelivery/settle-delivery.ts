import { db, Prisma } from '@/lib/db'
import type { BegunAttempt } from './begin-attempt'
import type { ClaimedDelivery } from './claim-deliveries'
import type { Answer } from './post-event'
import { MAX_TRIES, redeliveryDelay } from './redelivery-delay'

/**
 * Writes down what came of an attempt, in one statement: the attempt, what becomes of the delivery and the
 * counts of its run are never apart. With the last delivery of a run the run is finished. When the lease
 * was lost only the attempt is written: the delivery is another process's by now.
 */
export async function settleDelivery(
  { runSeq, eventSeq, lease }: ClaimedDelivery,
  { number, tries }: BegunAttempt,
  answer: Answer,
): Promise<void> {
  const state = nextState(answer, tries)
  const pauseMs = state === 'retrying' ? redeliveryDelay(tries, answer.retryAfterMs) : 0
  const [delivered, dead] = [Number(state === 'delivered'), Number(state === 'dead')]
  await db().$executeRaw`
    WITH settled AS (
      UPDATE delivery SET state = ${state}::delivery_state, lease = NULL,
        next_attempt_at = clock_timestamp() + make_interval(secs => ${pauseMs / 1_000}),
        http_status = ${answer.httpStatus}, error_code = ${answer.errorCode},
        error_message = ${answer.errorMessage},
        settled_at = ${state === 'retrying' ? Prisma.sql`NULL` : Prisma.sql`clock_timestamp()`}
      WHERE run_seq = ${runSeq} AND event_seq = ${eventSeq} AND lease = ${lease}::uuid
      RETURNING run_seq),
    attempted AS (
      UPDATE delivery_attempt SET finished_at = clock_timestamp(), duration_ms = ${answer.durationMs},
        http_status = ${answer.httpStatus}, error_code = ${answer.errorCode},
        error_message = ${answer.errorMessage}, response = ${answer.response},
        response_cut = ${answer.responseCut}
      WHERE run_seq = ${runSeq} AND event_seq = ${eventSeq} AND number = ${number})
    UPDATE redelivery_run r SET delivered = r.delivered + ${delivered}, dead = r.dead + ${dead},
      ${finishedWith(delivered + dead)}
    FROM settled WHERE r.seq = settled.run_seq AND ${delivered + dead} > 0`
}

/**
 * Gives a delivery back as if it had not been claimed. An attempt that had begun stays known; when nothing was sent of
 * it, it says why, and does not count as a try.
 *
 * @param unsent What kept an attempt that had begun from being made, and how long to wait in milliseconds.
 */
export async function giveBack(
  { runSeq, eventSeq, lease }: ClaimedDelivery,
  unsent?: { attempt: BegunAttempt; answer: Answer; pauseMs: number },
): Promise<void> {
  const [untried, pauseMs] = [unsent ? 1 : 0, unsent?.pauseMs ?? 0]
  await db().$executeRaw`
    WITH given AS (
      UPDATE delivery SET lease = NULL, tries = tries - ${untried}::int,
        next_attempt_at = clock_timestamp() + make_interval(secs => ${pauseMs / 1_000}),
        state = CASE WHEN attempts = 0 THEN 'waiting' ELSE 'retrying' END::delivery_state
      WHERE run_seq = ${runSeq} AND event_seq = ${eventSeq} AND lease = ${lease}::uuid
      RETURNING run_seq, event_seq)
    UPDATE delivery_attempt a SET finished_at = clock_timestamp(), duration_ms = 0,
      error_code = ${unsent?.answer.errorCode ?? null}, error_message = ${unsent?.answer.errorMessage ?? null}
    FROM given WHERE a.run_seq = given.run_seq AND a.event_seq = given.event_seq
      AND a.number = ${unsent?.attempt.number ?? 0}`
}

/**
 * SQL that assigns status and time of `redelivery_run r` when so many more deliveries are settled: finished
 * with the last one, but a cancelled run stays cancelled.
 */
export function finishedWith(settled: number): Prisma.Sql {
  const isLast = Prisma.sql`(r.listed AND r.status IN ('running', 'paused')
    AND r.delivered + r.dead + ${settled}::int >= r.total)`
  return Prisma.sql`
    status = CASE WHEN ${isLast} THEN 'finished' ELSE r.status END::redelivery_status,
    finished_at = CASE WHEN ${isLast} THEN clock_timestamp() ELSE r.finished_at END`
}

function nextState(answer: Answer, tries: number): 'delivered' | 'retrying' | 'dead' {
  if (answer.errorCode === null) return 'delivered'
  return answer.passing && tries < MAX_TRIES ? 'retrying' : 'dead'
}
