import { requireUser } from '@/lib/auth/current-user'
import { db } from '@/lib/db'
import { explainRejection, type RejectionExplanation } from './explain-rejection'

/** Deliveries turned away for one reason. `lastMinute` is the minute of the newest. */
export type RejectionCount = RejectionExplanation & {
  reason: string
  lastHour: number
  lastDay: number
  lastMinute: Date
}

/**
 * What was turned away at the door in the last 24 hours, by reason, most frequent first. Counters a
 * minute: a minute belongs to the hour in which it began.
 *
 * @throws UnauthenticatedError without a signed-in user.
 */
export async function listRejections(now = new Date()): Promise<RejectionCount[]> {
  await requireUser()
  const rows = await db().$queryRaw<
    { reason: string; last_hour: bigint; last_day: bigint; last_minute: Date }[]
  >`
    SELECT reason,
           coalesce(sum(count) FILTER (WHERE minute > ${before(now, 1)}), 0)::bigint AS last_hour,
           sum(count)::bigint AS last_day,
           max(minute) AS last_minute
    FROM rejection WHERE minute > ${before(now, 24)}
    GROUP BY reason ORDER BY last_day DESC, reason`
  return rows.map((row) => ({
    reason: row.reason,
    ...explainRejection(row.reason),
    lastHour: Number(row.last_hour),
    lastDay: Number(row.last_day),
    lastMinute: row.last_minute,
  }))
}

function before(now: Date, hours: number): Date {
  return new Date(now.getTime() - hours * 3_600_000)
}
