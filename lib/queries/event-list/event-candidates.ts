import { db, Prisma } from '@/lib/db'
import type { FixedEventFilter } from '@/lib/event-filter/event-filter'
import { drivenSeqs, planEvents, type EventDriver } from './event-driver'
import { inOrder, isWithin, type EventPlace, type EventSpan } from './event-span'

// Fewer events than this are put into the order of time by sorting; of more, the span itself is walked.
const FEW = 5_000
const MOST_BYTES = 32 * 1024 * 1024
const FIRST_SEQ = -1n
const LAST_SEQ = 9_223_372_036_854_775_807n

type Driver = Exclude<EventDriver, { kind: 'nothing' }>

/**
 * Events among which those of a filter are, in the span's order. `offered` is SQL for their `seq`; `looked`
 * for as many of them as are looked at. When `residual` is false all of them pass the filter.
 */
export type EventCandidates = {
  offered: Prisma.Sql
  looked: Prisma.Sql
  limit: number
  residual: boolean
}

/**
 * Where to look for a filter's events, without reading more than `limit` places of any index, or of any
 * table rows when they must be looked at one by one. Null when none can pass.
 *
 * @param sizes How many are wanted when all of them pass, and how many are looked at when they need not.
 */
export async function eventCandidates(
  filter: FixedEventFilter,
  span: EventSpan,
  sizes: { wanted: number; lookedAt: number },
): Promise<EventCandidates | null> {
  const { driver, residual } = planEvents(filter)
  if (driver.kind === 'nothing') return null
  const walksTime = span.order === 'time' && !(await leadsToFew(driver))
  const open = residual || (walksTime && driver.kind !== 'log')
  const limit = open ? sizes.lookedAt : sizes.wanted
  const offered = walksTime ? walkTime(span, limit) : followDriver(driver, span, limit)
  // Bodies are of any size: what is searched is bounded in bytes as well.
  const looked = filter.text === undefined ? offered : cutByBytes(offered, span)
  return { offered, looked, limit, residual: open }
}

/** The last place that was looked at; null when there was none after it. */
export async function lastLookedAt(
  { offered, looked, limit }: EventCandidates,
  { order, descending }: EventSpan,
): Promise<EventPlace | null> {
  const backwards = inOrder({ order, descending: !descending } as EventSpan, 'c')
  const [last] = await db().$queryRaw<
    { seq: bigint; receivedAt: Date; offered: number; looked: number }[]
  >`
    SELECT last.seq, e.received_at AS "receivedAt", last.looked,
      (SELECT count(*)::int FROM (${offered}) o) AS offered
    FROM (SELECT c.seq, (count(*) OVER ())::int AS looked FROM (${looked}) c
          ORDER BY ${backwards} LIMIT 1) last
    JOIN webhook_event e ON e.seq = last.seq`
  if (!last || (last.looked === last.offered && last.offered < limit)) return null
  return { at: last.receivedAt.getTime(), seq: last.seq }
}

async function leadsToFew(driver: Driver): Promise<boolean> {
  if (driver.kind === 'log') return false
  if (driver.kind === 'ids') return true
  const [found] = await db().$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (
      SELECT d.seq FROM (${drivenSeqs(driver, everything(true), FEW + 1)}) d LIMIT ${FEW + 1}) few`
  return (found?.count ?? 0) <= FEW
}

function walkTime(span: EventSpan, limit: number): Prisma.Sql {
  return Prisma.sql`SELECT e.seq, e.received_at FROM webhook_event e
    WHERE ${isWithin(span)} ORDER BY ${inOrder(span, 'e')} LIMIT ${limit}`
}

function followDriver(driver: Driver, span: EventSpan, limit: number): Prisma.Sql {
  if (span.order === 'log') {
    const bounds = { above: span.above.seq, below: span.below.seq, descending: span.descending }
    return Prisma.sql`SELECT d.seq FROM (${drivenSeqs(driver, bounds, limit)}) d
      ORDER BY d.seq ${Prisma.raw(span.descending ? 'DESC' : 'ASC')} LIMIT ${limit}`
  }
  return Prisma.sql`SELECT e.seq, e.received_at
    FROM (${drivenSeqs(driver, everything(true), FEW + 1)}) d JOIN webhook_event e ON e.seq = d.seq
    WHERE ${isWithin(span)} ORDER BY ${inOrder(span, 'e')} LIMIT ${limit}`
}

function cutByBytes(offered: Prisma.Sql, span: EventSpan): Prisma.Sql {
  return Prisma.sql`SELECT c.* FROM (
      SELECT c.*, sum(b.body_size) OVER (ORDER BY ${inOrder(span, 'c')} ROWS UNBOUNDED PRECEDING)
        - b.body_size AS bytes
      FROM (${offered}) c CROSS JOIN LATERAL (
        SELECT e.body_size FROM webhook_event e WHERE e.seq = c.seq LIMIT 1) b
    ) c WHERE c.bytes <= ${MOST_BYTES}`
}

function everything(descending: boolean) {
  return { above: FIRST_SEQ, below: LAST_SEQ, descending }
}
