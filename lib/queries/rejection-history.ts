import { requireUser } from '@/lib/auth/current-user'
import { db } from '@/lib/db'
import { histogramBuckets } from './event-list/histogram-buckets'
import { explainRejection, type RejectionExplanation } from './explain-rejection'

/** Deliveries turned away for one reason in a span of time; the minutes of the first and the newest. */
export type RejectedFor = RejectionExplanation & {
  reason: string
  count: number
  first: Date
  last: Date
}

/** What was turned away when, as bars of `bucketMs`, and why, the most frequent reason first. */
export type RejectionHistory = {
  bucketMs: number
  buckets: { start: Date; count: number }[]
  reasons: RejectedFor[]
  total: number
}

const MINUTE_MS = 60_000

/**
 * What was turned away at the door in a span of time. It is counted by the minute and kept for 90 days: a
 * minute counts where it began.
 *
 * @throws UnauthenticatedError without a signed-in user.
 */
export async function rejectionHistory(from: Date, to: Date): Promise<RejectionHistory> {
  await requireUser()
  const begin = new Date(Math.floor(from.getTime() / MINUTE_MS) * MINUTE_MS)
  const [oldest, rows] = await Promise.all([
    db().rejection.aggregate({ _min: { minute: true }, where: { minute: { gte: begin, lt: to } } }),
    db().$queryRaw<{ reason: string; count: bigint; first: Date; last: Date }[]>`
      SELECT reason, sum(count)::bigint AS count, min(minute) AS first, max(minute) AS last
      FROM rejection WHERE minute >= ${begin}::timestamptz AND minute < ${to}::timestamptz
      GROUP BY reason ORDER BY count DESC, reason`,
  ])
  // Nothing is older than 90 days, whatever an address asks for.
  const earliest = to.getTime() - 91 * 1_440 * MINUTE_MS
  const shownFrom = Math.max(
    begin.getTime(),
    Math.min(earliest, oldest._min.minute?.getTime() ?? earliest),
  )
  const minutes = histogramBuckets(shownFrom, Math.max(to.getTime(), shownFrom + 60 * MINUTE_MS))
  const bars = await countBars(begin, to, minutes)
  const buckets = Array.from({ length: minutes.count }, (_, at) => ({
    start: new Date(minutes.startMs + at * minutes.bucketMs),
    count: bars.get(at) ?? 0,
  }))
  const reasons = rows.map(({ count, ...row }) => ({
    ...row,
    ...explainRejection(row.reason),
    count: Number(count),
  }))
  const total = reasons.reduce((sum, { count }) => sum + count, 0)
  return { bucketMs: minutes.bucketMs, buckets, reasons, total }
}

async function countBars(from: Date, to: Date, span: { startMs: number; bucketMs: number }) {
  const rows = await db().$queryRaw<{ bar: number; count: bigint }[]>`
    SELECT floor((extract(epoch FROM minute) * 1000 - ${span.startMs}::float8)
      / ${span.bucketMs}::float8)::int AS bar, sum(count)::bigint AS count
    FROM rejection WHERE minute >= ${from}::timestamptz AND minute < ${to}::timestamptz GROUP BY 1`
  return new Map(rows.map(({ bar, count }) => [bar, Number(count)]))
}
