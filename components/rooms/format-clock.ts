import { formatDate, SERVER_TIME_ZONE } from '@/lib/format'

/** The time of day in UTC: "14:03". */
export function formatClock(value: Date): string {
  return value.toISOString().slice(11, 16)
}

/** The time of day where the day is known from `beside`, else the day as well: "22 Nov 2026, 14:03". */
export function formatClockBeside(value: Date, beside: Date): string {
  const day = formatDate(value, SERVER_TIME_ZONE)
  const isSameDay = day === formatDate(beside, SERVER_TIME_ZONE)
  return isSameDay ? formatClock(value) : `${day}, ${formatClock(value)}`
}
