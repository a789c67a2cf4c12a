import { requireUser } from '@/lib/auth/current-user'
import { db } from '@/lib/db'
import { shownState, type ShownState } from './list-deliveries'

/** Where an event was sent to, or is about to be. */
export type EventDelivery = {
  runId: string
  destinationId: string
  destination: string
  state: ShownState
  attempts: number
  httpStatus: number | null
  errorMessage: string | null
  startedAt: Date
  settledAt: Date | null
}

/** How many are listed: of an event that is sent again and again the newest. */
export const MAX_EVENT_DELIVERIES = 20

/**
 * The newest deliveries of an event, one a run, the newest run first. Those of a run that is still being listed may be
 * missing.
 *
 * @param eventSeq As `getEvent` tells it.
 * @throws UnauthenticatedError without a signed-in user.
 */
export async function listEventDeliveries(eventSeq: string): Promise<EventDelivery[]> {
  await requireUser()
  return db().$queryRaw<EventDelivery[]>`
    SELECT r.id::text AS "runId", p.id::text AS "destinationId", p.name AS destination,
      ${shownState} AS state, d.attempts, d.http_status AS "httpStatus",
      d.error_message AS "errorMessage", r.started_at AS "startedAt", d.settled_at AS "settledAt"
    FROM (SELECT * FROM delivery d WHERE d.event_seq = ${BigInt(eventSeq)}
          ORDER BY d.run_seq DESC LIMIT ${MAX_EVENT_DELIVERIES}) d
    JOIN redelivery_run r ON r.seq = d.run_seq JOIN destination p ON p.id = d.destination_id
    ORDER BY d.run_seq DESC`
}
