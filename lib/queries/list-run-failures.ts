import { requireUser } from '@/lib/auth/current-user'
import { db } from '@/lib/db'
import type { AttemptOutcome } from '@/lib/generated/prisma/enums'
import { isEventId } from '@/lib/schemas/is-event-id'

/** An event that could not be projected in a run, and why. */
export type RunFailure = {
  id: string
  eventType: string
  outcome: AttemptOutcome
  errorCode: string | null
  errorMessage: string | null
}

/**
 * The first events that failed in a run, in the order of the log, at most so many.
 *
 * @throws UnauthenticatedError without a signed-in user.
 */
export async function listRunFailures(runId: string, limit: number): Promise<RunFailure[]> {
  await requireUser()
  if (!isEventId(runId)) return []
  return db().$queryRaw<RunFailure[]>`
    SELECT e.id::text, e.event_type AS "eventType", a.outcome::text AS outcome,
           a.error_code AS "errorCode", a.error_message AS "errorMessage"
    FROM event_attempt a JOIN webhook_event e ON e.seq = a.event_seq
    WHERE a.run_id = ${runId}::uuid AND a.outcome IN ('failed', 'invalid', 'unsupported')
    ORDER BY a.event_seq
    LIMIT ${limit}`
}
