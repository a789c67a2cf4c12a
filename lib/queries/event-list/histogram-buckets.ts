/** Bars of equal length, in milliseconds since 1970; the first begins at or before the span that they show. */
export type BucketSpan = { startMs: number; bucketMs: number; count: number }

const SECOND = 1_000
const MINUTE = 60 * SECOND
export const HOUR_MS = 60 * MINUTE
const DAY = 24 * HOUR_MS
const MOST = 60

const LENGTHS = [
  ...[1, 2, 5, 10, 15, 30].map((count) => count * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * MINUTE),
  ...[1, 2, 3, 6, 12].map((count) => count * HOUR_MS),
  ...[1, 2, 7, 30, 90, 365].map((count) => count * DAY),
]

/** At most sixty bars over a span of time, of a length that people count in. Whole ones, in UTC. */
export function histogramBuckets(fromMs: number, toMs: number): BucketSpan {
  for (const bucketMs of LENGTHS) {
    const startMs = Math.floor(fromMs / bucketMs) * bucketMs
    const count = Math.max(1, Math.ceil((toMs - startMs) / bucketMs))
    if (count <= MOST) return { startMs, bucketMs, count }
  }
  const bucketMs = Math.ceil((toMs - fromMs) / (MOST - 1) / DAY) * DAY
  const startMs = Math.floor(fromMs / bucketMs) * bucketMs
  return { startMs, bucketMs, count: Math.max(1, Math.ceil((toMs - startMs) / bucketMs)) }
}
