import { requireUser } from '@/lib/auth/current-user'
import { db } from '@/lib/db'
import { fillHours, type HourlyVolume } from './fill-hours'

/** How many hours each choice of the chart shows. */
export const VOLUME_RANGES = { '24h': 24, '7d': 168 } as const

export type VolumeRange = keyof typeof VOLUME_RANGES

/** Whether an address's `range` is one that the chart offers. */
export function isVolumeRange(value: string): value is VolumeRange {
  return Object.hasOwn(VOLUME_RANGES, value)
}

/**
 * Authentic deliveries an hour, oldest first, hours without any included; the last one is the current,
 * unfinished hour. Read from the tally that the receiver keeps, never from the log.
 *
 * @param now Which hour is the last one.
 * @throws UnauthenticatedError without a signed-in user.
 */
export async function eventVolume(range: VolumeRange, now = new Date()): Promise<HourlyVolume[]> {
  await requireUser()
  const hours = VOLUME_RANGES[range]
  const since = new Date(now.getTime() - hours * 3_600_000)
  const tallies = await db().eventTally.groupBy({
    by: ['hour', 'status'],
    where: { hour: { gt: since, lte: now } },
    _sum: { count: true },
  })
  return fillHours(
    tallies.map(({ hour, status, _sum }) => ({ hour, status, count: Number(_sum.count ?? 0) })),
    now,
    hours,
  )
}
