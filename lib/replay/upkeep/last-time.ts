/**
 * The latest beginning of an hour of the day, UTC, that is not after a moment: today's, or yesterday's before it.
 *
 * @param hour From 0 to 23.
 */
export function lastTime(hour: number, now: Date): Date {
  const time = new Date(now)
  time.setUTCHours(hour, 0, 0, 0)
  if (time > now) time.setUTCDate(time.getUTCDate() - 1)
  return time
}
