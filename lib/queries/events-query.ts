import { Prisma } from '@/lib/db'
import { InvalidAddressError } from '@/lib/errors'
import { decodeCursor, type PagePosition } from '@/lib/pagination'
import { companiesOf } from './companies-of'
import type { EventFilters } from './event-filters'
import { isEventId } from '@/lib/schemas/is-event-id'
import { seenTypes } from './seen-types'

const EVENTS = Prisma.sql`webhook_event`
const SUBJECTS = [Prisma.sql`partnership_uuid`, Prisma.sql`contact_uuid`, Prisma.sql`message_uuid`]
const MAX_BIGINT = 9_223_372_036_854_775_807n

const columns = Prisma.sql`
  e.seq, e.id, e.event_type, e.status, e.company_uuid, e.partnership_uuid, e.contact_uuid,
  e.message_uuid, e.room_uuid, e.body_size, e.attempts, e.error_code,
  left(e.error_message, 500) AS error_message, e.received_at`

/**
 * SQL for a page of the event log, newest first or, before a row, oldest first. Apart from its companies
 * and types, its cost does not grow with the log: every branch stops after `limit` rows of an index.
 *
 * @throws InvalidAddressError when the position is not one of this list's.
 */
export function eventsQuery(
  filters: EventFilters,
  position: PagePosition,
  limit: number,
): Prisma.Sql {
  const from = startOf(position)
  return filters.q === undefined
    ? walk(filters, from, limit)
    : search(filters.q, filters, from, limit)
}

/** Between which sequence numbers, both exclusive, and in which direction a page is read. */
type Start = { above: bigint; below: bigint; order: Prisma.Sql }

function startOf(position: PagePosition): Start {
  if (position.before !== undefined) {
    return { above: decodeSeq(position.before), below: MAX_BIGINT, order: Prisma.sql`ASC` }
  }
  const below = position.after === undefined ? MAX_BIGINT : decodeSeq(position.after)
  return { above: -1n, below, order: Prisma.sql`DESC` }
}

// One index, (type, status, seq), serves every choice of type and status: what the reader left open is
// stepped through, with at most a page from each. The row comparison names that index's whole key, because
// for `type = … AND status = … ORDER BY seq` the planner may walk the primary key instead, and reads the
// whole log when what is looked for is rare or not there.
function walk({ type, status }: EventFilters, { above, below, order }: Start, limit: number) {
  if (type === undefined && status === undefined) {
    return Prisma.sql`
      SELECT ${columns} FROM webhook_event e WHERE e.seq > ${above} AND e.seq < ${below}
      ORDER BY e.seq ${order} LIMIT ${limit}`
  }
  const types = type === undefined ? seenTypes : Prisma.sql`SELECT ${type}::text AS event_type`
  const statuses =
    status === undefined
      ? Prisma.sql`unnest(enum_range(NULL::event_status))`
      : Prisma.sql`unnest(ARRAY[${status}::event_status])`
  return Prisma.sql`
    SELECT found.* FROM (${types}) t CROSS JOIN ${statuses} s(status) CROSS JOIN LATERAL (
      SELECT ${columns} FROM webhook_event e
      WHERE (e.event_type, e.status, e.seq) > (t.event_type, s.status, ${above}::bigint)
        AND (e.event_type, e.status, e.seq) < (t.event_type, s.status, ${below}::bigint)
      ORDER BY e.event_type ${order}, e.status ${order}, e.seq ${order} LIMIT ${limit}
    ) found ORDER BY seq ${order} LIMIT ${limit}`
}

// The indexes of subjects begin with the company, and the reader need not know it: take at most a page from each company.
function search(q: string, { type, status }: EventFilters, from: Start, limit: number) {
  const conditions = [Prisma.sql`e.seq > ${from.above} AND e.seq < ${from.below}`]
  if (type !== undefined) conditions.push(Prisma.sql`e.event_type = ${type}`)
  if (status !== undefined) conditions.push(Prisma.sql`e.status = ${status}::event_status`)
  const where = Prisma.join(conditions, ' AND ')
  const hits = SUBJECTS.map(
    (subject) => Prisma.sql`
      (SELECT found.* FROM (${companiesOf({ table: EVENTS, subject })}) c CROSS JOIN LATERAL (
        SELECT ${columns} FROM webhook_event e
        WHERE e.company_uuid = c.company_uuid AND e.${subject} = ${q} AND ${where}
        ORDER BY e.seq ${from.order} LIMIT ${limit}
      ) found)`,
  )
  if (isEventId(q)) {
    hits.push(
      Prisma.sql`(SELECT ${columns} FROM webhook_event e WHERE e.id = ${q}::uuid AND ${where})`,
    )
  }
  return Prisma.sql`
    SELECT * FROM (${Prisma.join(hits, ' UNION ')}) hit ORDER BY seq ${from.order} LIMIT ${limit}`
}

function decodeSeq(cursor: string): bigint {
  const [key] = decodeCursor(cursor, 1)
  if (typeof key === 'string' && /^\d{1,19}$/.test(key) && BigInt(key) <= MAX_BIGINT) {
    return BigInt(key)
  }
  throw new InvalidAddressError('The page in this address does not exist.')
}
