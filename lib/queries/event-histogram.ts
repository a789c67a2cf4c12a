import { requireUser } from '@/lib/auth/current-user'
import { db, Prisma } from '@/lib/db'
import type { FixedEventFilter } from '@/lib/event-filter/event-filter'
import { eventCondition } from '@/lib/event-log/event-condition'
import { isEventType } from '@/lib/schemas/event-types'
import { eventCandidates, lastLookedAt } from './event-list/event-candidates'
import { eventSpan } from './event-list/event-span'
import { histogramBuckets, HOUR_MS, type BucketSpan } from './event-list/histogram-buckets'

/**
 * How many events were received when, as bars of `bucketMs`, oldest first. The span is the filter's own, else
 * the last seven days. `countedFrom` when there were too many to count: before that time none are counted.
 * `inWholeHours` when those of the whole first and last hour are in it, which the span only begins or ends in.
 */
export type EventHistogram = {
  from: Date
  to: Date
  bucketMs: number
  buckets: { start: Date; count: number }[]
  total: number
  countedFrom: Date | null
  inWholeHours: boolean
}

const USUAL_MS = 7 * 24 * HOUR_MS
const COUNTED = 20_000
const LOOKED_AT = 10_000
const LOOKED_INTO = 4_000

/**
 * The events of a filter over time. By type alone and in whole hours they are read from the tally that the
 * receiver keeps; otherwise counted in the log, the newest first and only so many of them.
 *
 * @param now Where the last bar ends when the filter says nothing else.
 * @throws UnauthenticatedError without a signed-in user.
 */
export async function eventHistogram(
  filter: FixedEventFilter,
  now = new Date(),
): Promise<EventHistogram> {
  await requireUser()
  const to = filter.to ?? now
  const asked = filter.from ?? new Date(to.getTime() - USUAL_MS)
  const from = filter.from ? new Date(Math.max(asked.getTime(), await firstMoment(to))) : asked
  const span = histogramBuckets(from.getTime(), to.getTime())
  const isFromTally = isTallied(filter) && span.bucketMs >= HOUR_MS
  const counted = isFromTally
    ? { bars: await countTally(filter.types, { from, to }, span), countedFrom: null }
    : await countLog({ ...filter, from, to }, span)
  const buckets = Array.from({ length: span.count }, (_, at) => ({
    start: new Date(span.startMs + at * span.bucketMs),
    count: counted.bars.get(at) ?? 0,
  }))
  const total = buckets.reduce((sum, { count }) => sum + count, 0)
  const { countedFrom } = counted
  // Before the log begins there is nothing that an hour could bring along.
  const edges = [from > asked ? undefined : from, filter.to]
  const inWholeHours = isFromTally && edges.some((edge) => edge && !isHour(edge))
  return { from, to, bucketMs: span.bucketMs, buckets, total, countedFrom, inWholeHours }
}

// An address may ask for a time since 1970: the bars begin where there is something.
async function firstMoment(to: Date): Promise<number> {
  const [first] = await db().$queryRaw<{ at: Date }[]>`
    SELECT received_at AS at FROM webhook_event ORDER BY received_at, seq LIMIT 1`
  return Math.min(first?.at.getTime() ?? 0, to.getTime() - 1)
}

function isTallied(filter: FixedEventFilter): boolean {
  const tallied: (keyof FixedEventFilter)[] = ['types', 'from', 'to', 'ids', 'statuses']
  const asked = (Object.keys(filter) as (keyof FixedEventFilter)[]).filter(
    (field) => filter[field] !== undefined && !tallied.includes(field),
  )
  const chosen = filter.ids.length + filter.statuses.length + asked.length
  return chosen === 0 && filter.types.every(isEventType)
}

type Bars = Map<number, number>

function isHour(time: Date): boolean {
  return time.getTime() % HOUR_MS === 0
}

async function countTally(
  types: string[],
  { from, to }: { from: Date; to: Date },
  span: BucketSpan,
): Promise<Bars> {
  const firstHour = new Date(Math.floor(from.getTime() / HOUR_MS) * HOUR_MS)
  const rows = await db().$queryRaw<{ bar: number; count: bigint }[]>`
    SELECT ${barOf(Prisma.sql`hour`, span)} AS bar, sum(count)::bigint AS count
    FROM event_tally
    WHERE hour >= ${firstHour}::timestamptz AND hour < ${to}::timestamptz
      ${types.length > 0 ? Prisma.sql`AND event_type = ANY(${types}::text[])` : Prisma.empty}
    GROUP BY 1`
  return new Map(rows.map(({ bar, count }) => [bar, Number(count)]))
}

async function countLog(filter: FixedEventFilter, span: BucketSpan) {
  const places = eventSpan(filter, {})
  const candidates = await eventCandidates(filter, places, {
    wanted: COUNTED,
    lookedAt: filter.text === undefined ? LOOKED_AT : LOOKED_INTO,
  })
  if (!candidates) return { bars: new Map<number, number>(), countedFrom: null }
  const rows = await db().$queryRaw<{ bar: number; count: number }[]>`
    SELECT ${barOf(Prisma.sql`found.received_at`, span)} AS bar, count(*)::int AS count
    FROM (${candidates.looked}) c CROSS JOIN LATERAL (
      SELECT e.received_at FROM webhook_event e
      WHERE e.seq = c.seq AND ${eventCondition(filter)} LIMIT 1) found
    GROUP BY 1`
  const last = await lastLookedAt(candidates, places)
  return {
    bars: new Map(rows.map(({ bar, count }) => [bar, count])),
    countedFrom: last && new Date(last.at),
  }
}

function barOf(time: Prisma.Sql, { startMs, bucketMs }: BucketSpan): Prisma.Sql {
  return Prisma.sql`floor((extract(epoch FROM ${time}) * 1000 - ${startMs}::float8) / ${bucketMs}::float8)::int`
}
