import { formatDateTime, formatRelativeTime, SERVER_TIME_ZONE } from '@/lib/format'
import { LiveTime } from './live-time'

type Props = {
  value: Date | null | undefined
  /** "absolute" shows the moment itself, for a log or a detail. */
  show?: 'relative' | 'absolute'
}

/** A moment: how long ago, and on hover when exactly. An em dash when there is none. */
export function Time({ value, show = 'relative' }: Props) {
  if (!value) return <span className="text-muted">—</span>
  const absolute = formatDateTime(value, SERVER_TIME_ZONE)
  const relative = formatRelativeTime(value, new Date(), SERVER_TIME_ZONE)
  return <LiveTime iso={value.toISOString()} absolute={absolute} relative={relative} show={show} />
}
