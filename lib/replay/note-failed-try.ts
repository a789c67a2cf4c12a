import { db } from '@/lib/db'

/** How often a run is tried that fails every time. */
export const MOST_TRIES = 10
const LONGEST_WAIT_SECONDS = 60
const MAX_MESSAGE_LENGTH = 2_000

/**
 * Notes on a run that it could not get on, and why. It is tried again, later from time to time; after ten failures in a row it is
 * over.
 *
 * @returns How often it has failed, and whether that was the last time; null when it is not to be worked on any more.
 */
export async function noteFailedTry(
  id: string,
  message: string,
): Promise<{ tries: number; isOver: boolean } | null> {
  const [row] = await db().$queryRaw<{ tries: number; isOver: boolean }[]>`
    UPDATE replay_run
    SET tries = tries + 1,
        next_try_at = clock_timestamp()
          + LEAST(${LONGEST_WAIT_SECONDS}::int, 2 ^ (tries + 1)) * interval '1 second',
        error_message = 'Try ' || tries + 1 || ${` of ${MOST_TRIES} failed: ${message.slice(0, MAX_MESSAGE_LENGTH)}`}::text,
        status = CASE WHEN tries + 1 >= ${MOST_TRIES} THEN 'failed' ELSE status END,
        finished_at = CASE WHEN tries + 1 >= ${MOST_TRIES} THEN clock_timestamp() END
    WHERE id = ${id}::uuid AND status IN ('queued', 'running')
    RETURNING tries, status = 'failed' AS "isOver"`
  return row ?? null
}
