import { Badge } from '@/components/ui/badge'
import { EVENT_STATUS, type Status } from './event-status'

export function EventStatusBadge({ status }: { status: Status }) {
  const { tone, label, meaning } = EVENT_STATUS[status]
  return (
    <Badge tone={tone} title={meaning}>
      {label}
    </Badge>
  )
}
