import type { EventStatus } from '@/lib/generated/prisma/enums'

/** What arrived in one hour, by what the door made of it. `hour` is its beginning. */
export type HourlyVolume = {
  hour: Date
  accepted: number
  invalid: number
  unsupported: number
  duplicate: number
}

const HOUR_MS = 3_600_000

/**
 * Makes an unbroken row of hours, oldest first and ending with the hour of `now`, out of counters that
 * exist only where something arrived. What the projector made of an event later still counts as accepted.
 */
export function fillHours(
  tallies: readonly { hour: Date; status: EventStatus; count: number }[],
  now: Date,
  hours: number,
): HourlyVolume[] {
  const last = Math.floor(now.getTime() / HOUR_MS)
  const volume = Array.from({ length: hours }, (_, index) => ({
    hour: new Date((last - hours + 1 + index) * HOUR_MS),
    accepted: 0,
    invalid: 0,
    unsupported: 0,
    duplicate: 0,
  }))
  for (const { hour, status, count } of tallies) {
    const bucket = volume[Math.floor(hour.getTime() / HOUR_MS) - last + hours - 1]
    if (bucket) bucket[COUNTED_AS[status]] += count
  }
  return volume
}

const COUNTED_AS: Record<EventStatus, Exclude<keyof HourlyVolume, 'hour'>> = {
  pending: 'accepted',
  applied: 'accepted',
  failed: 'accepted',
  invalid: 'invalid',
  unsupported: 'unsupported',
  duplicate: 'duplicate',
}
