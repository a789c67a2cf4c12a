import { requireUser } from '@/lib/auth/current-user'
import { db, Prisma } from '@/lib/db'
import { isUuid } from '@/lib/is-uuid'
import { PAGE_SIZE, toPage, type Page, type PagePosition } from '@/lib/pagination'
import { isOfDeletedMessage } from '@/lib/event-log/is-of-deleted-message'
import { decodeSeq, MAX_BIGINT } from './list-redeliveries'

export const DELIVERY_STATES = ['waiting', 'sending', 'retrying', 'delivered', 'dead'] as const
export type DeliveryState = (typeof DELIVERY_STATES)[number]

/** As it is told: what a cancelled run left undelivered is `cancelled`, whatever it was about to be. */
export type ShownState = DeliveryState | 'cancelled'

/** One event of a run on its way. `nextAttemptAt` says something while it is retrying. */
export type DeliveryRow = {
  eventSeq: string
  eventId: string
  eventType: string
  receivedAt: Date
  state: ShownState
  attempts: number
  nextAttemptAt: Date
  httpStatus: number | null
  errorCode: string | null
  errorMessage: string | null
  settledAt: Date | null
}

type Found = Omit<DeliveryRow, 'eventSeq'> & { eventSeq: bigint }

/** SQL for the state that is told of `delivery d` of `redelivery_run r`. */
export const shownState = Prisma.sql`
  CASE WHEN r.status = 'cancelled' AND d.settled_at IS NULL
    AND (d.state <> 'sending' OR d.next_attempt_at <= now()) THEN 'cancelled' ELSE d.state::text END`

const columns = Prisma.sql`
  d.event_seq AS "eventSeq", e.id::text AS "eventId", e.event_type AS "eventType",
  e.received_at AS "receivedAt", ${shownState} AS state, d.attempts,
  d.next_attempt_at AS "nextAttemptAt", d.http_status AS "httpStatus", d.error_code AS "errorCode",
  d.error_message AS "errorMessage", d.settled_at AS "settledAt"`

/**
 * A page of a run's deliveries in the order of the log, all or those in one state. Each choice walks an index.
 *
 * @param runSeq Of a run that was found.
 * @throws UnauthenticatedError without a signed-in user.
 * @throws InvalidAddressError when the position is not one of this list's.
 */
export async function listDeliveries(
  runSeq: string,
  state: DeliveryState | null,
  position: PagePosition,
  pageSize: number = PAGE_SIZE,
): Promise<Page<DeliveryRow>> {
  await requireUser()
  const { before, after } = position
  const above = after === undefined ? 0n : decodeSeq(after)
  const below = before === undefined ? MAX_BIGINT : decodeSeq(before)
  const order = before !== undefined ? Prisma.sql`DESC` : Prisma.sql`ASC`
  const run = Prisma.sql`${BigInt(runSeq)}::bigint`
  // The whole key of an index, in its order: nothing but that index will do for the planner.
  const walked =
    state === null
      ? Prisma.sql`WHERE d.run_seq = ${run} AND d.event_seq > ${above} AND d.event_seq < ${below}
          ORDER BY d.event_seq ${order}`
      : Prisma.sql`
          WHERE (d.run_seq, d.state, d.event_seq) > (${run}, ${state}::delivery_state, ${above}::bigint)
            AND (d.run_seq, d.state, d.event_seq) < (${run}, ${state}::delivery_state, ${below}::bigint)
          ORDER BY d.run_seq ${order}, d.state ${order}, d.event_seq ${order}`
  const found = await db().$queryRaw<Found[]>`
    SELECT ${columns} FROM (SELECT * FROM delivery d ${walked} LIMIT ${pageSize + 1}) d
    JOIN webhook_event e ON e.seq = d.event_seq JOIN redelivery_run r ON r.seq = d.run_seq
    ORDER BY d.event_seq ${order}`
  return toPage(found.map(toRow), position, (row) => [row.eventSeq], pageSize)
}

/** One request that was made, or begun. Without `finishedAt` nobody knows whether it arrived. */
export type AttemptRow = {
  number: number
  address: string
  startedAt: Date
  finishedAt: Date | null
  durationMs: number | null
  httpStatus: number | null
  errorCode: string | null
  errorMessage: string | null
  /** The beginning of the answer's body; null when there was no answer, or it may hold what nobody is to see. */
  response: string | null
  responseCut: boolean
}

const MAX_SHOWN = 50

/** A delivery with what was tried. `textWithheld`: its message has been deleted, and a receiver may have said it back. */
export type DeliveryDetail = DeliveryRow & { tried: AttemptRow[]; textWithheld: boolean }

/**
 * One delivery of a run with its newest attempts, newest first; null when there is none of this event.
 *
 * @throws UnauthenticatedError without a signed-in user.
 */
export async function findDelivery(
  runSeq: string,
  eventId: string,
): Promise<DeliveryDetail | null> {
  await requireUser()
  if (!isUuid(eventId)) return null
  const [row] = await db().$queryRaw<(Found & { textWithheld: boolean })[]>`
    SELECT ${columns}, ${isOfDeletedMessage('e')} AS "textWithheld" FROM webhook_event e JOIN delivery d ON d.event_seq = e.seq
      JOIN redelivery_run r ON r.seq = d.run_seq
    WHERE e.id = ${eventId}::uuid AND d.run_seq = ${BigInt(runSeq)}`
  if (!row) return null
  const { textWithheld, ...found } = row
  const attempts = await db().deliveryAttempt.findMany({
    where: { runSeq: BigInt(runSeq), eventSeq: found.eventSeq },
    orderBy: { number: 'desc' },
    take: MAX_SHOWN,
    omit: { runSeq: true, eventSeq: true },
  })
  const tried = textWithheld ? attempts.map((each) => ({ ...each, response: null })) : attempts
  return { ...toRow(found), tried, textWithheld }
}

function toRow(found: Found): DeliveryRow {
  return { ...found, eventSeq: found.eventSeq.toString() }
}
