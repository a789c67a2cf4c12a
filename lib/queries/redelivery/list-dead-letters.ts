import { requireUser } from '@/lib/auth/current-user'
import { db, Prisma } from '@/lib/db'
import { InvalidAddressError } from '@/lib/errors'
import { isUuid } from '@/lib/is-uuid'
import { decodeCursor, PAGE_SIZE, toPage, type Page, type PagePosition } from '@/lib/pagination'
import { MAX_BIGINT } from './list-redeliveries'

/** A delivery that failed for good, or too often, of whichever run. */
export type DeadLetter = {
  runSeq: string
  runId: string
  /** Whether its run was cancelled: then it is not sent again. */
  isCancelled: boolean
  destinationId: string
  destination: string
  eventSeq: string
  eventId: string
  eventType: string
  attempts: number
  httpStatus: number | null
  errorCode: string | null
  errorMessage: string | null
  settledAt: Date | null
}

type Place = { runSeq: bigint; eventSeq: bigint }

const FIRST: Place = { runSeq: 0n, eventSeq: 0n }
const LAST: Place = { runSeq: MAX_BIGINT, eventSeq: MAX_BIGINT }

/**
 * A page of what is dead in all runs, of all destinations or of one: the newest run first, and in it the newest event.
 * Walks an index of the dead alone.
 *
 * @throws UnauthenticatedError without a signed-in user.
 * @throws InvalidAddressError when the position is not one of this list's, or the destination is no id.
 */
export async function listDeadLetters(
  position: PagePosition,
  destinationId?: string,
  pageSize: number = PAGE_SIZE,
): Promise<Page<DeadLetter>> {
  await requireUser()
  if (destinationId !== undefined && !isUuid(destinationId)) {
    throw new InvalidAddressError('The destination in this address is none.')
  }
  const { before, after } = position
  const above = before === undefined ? FIRST : decodePlace(before)
  const below = after === undefined ? LAST : decodePlace(after)
  const order = before !== undefined ? Prisma.sql`ASC` : Prisma.sql`DESC`
  const chosen =
    destinationId === undefined ? Prisma.empty : Prisma.sql`WHERE p.id = ${destinationId}::uuid`
  // Destinations are few: of each as many as a page may show, and of those the first.
  const found = await db().$queryRaw<DeadLetter[]>`
    SELECT r.seq::text AS "runSeq", r.id::text AS "runId", r.status = 'cancelled' AS "isCancelled",
      p.id::text AS "destinationId", p.name AS destination, e.seq::text AS "eventSeq",
      e.id::text AS "eventId", e.event_type AS "eventType", d.attempts, d.http_status AS "httpStatus",
      d.error_code AS "errorCode", d.error_message AS "errorMessage", d.settled_at AS "settledAt"
    FROM (
      SELECT dead.* FROM destination p CROSS JOIN LATERAL (
        SELECT * FROM delivery d
        WHERE d.destination_id = p.id AND d.state = 'dead'
          AND (d.run_seq, d.event_seq) > (${above.runSeq}::bigint, ${above.eventSeq}::bigint)
          AND (d.run_seq, d.event_seq) < (${below.runSeq}::bigint, ${below.eventSeq}::bigint)
        ORDER BY d.run_seq ${order}, d.event_seq ${order} LIMIT ${pageSize + 1}) dead
      ${chosen}
      ORDER BY dead.run_seq ${order}, dead.event_seq ${order} LIMIT ${pageSize + 1}) d
    JOIN redelivery_run r ON r.seq = d.run_seq
    JOIN destination p ON p.id = d.destination_id
    JOIN webhook_event e ON e.seq = d.event_seq
    ORDER BY d.run_seq ${order}, d.event_seq ${order}`
  return toPage(found, position, (row) => [row.runSeq, row.eventSeq], pageSize)
}

function decodePlace(cursor: string): Place {
  const [runSeq, eventSeq] = decodeCursor(cursor, 2).map(readSeq)
  if (runSeq !== undefined && eventSeq !== undefined) return { runSeq, eventSeq }
  throw new InvalidAddressError('The page in this address does not exist.')
}

function readSeq(key: unknown): bigint | undefined {
  const isSeq = typeof key === 'string' && /^\d{1,19}$/.test(key) && BigInt(key) <= MAX_BIGINT
  return isSeq ? BigInt(key) : undefined
}
