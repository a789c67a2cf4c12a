import { formatCount, formatDateTime, SERVER_TIME_ZONE } from '@/lib/format'
import type { EventHistogram } from '@/lib/queries/event-histogram'

/** What the bars add up to and over which time, in a line. */
export function histogramSummary(
  { total, countedFrom, inWholeHours }: EventHistogram,
  chosen: { from?: Date; to?: Date; within?: string },
): string {
  const events = `${formatCount(total)}${countedFrom ? '+' : ''} ${total === 1 ? 'event' : 'events'}`
  const time =
    chosen.from || chosen.to || chosen.within ? 'in the chosen time' : 'in the last 7 days'
  const note = countedFrom
    ? `, counted back to ${formatDateTime(countedFrom, SERVER_TIME_ZONE)}`
    : ''
  return `${events} ${time}${inWholeHours ? ', in whole hours' : ''}${note}`
}
