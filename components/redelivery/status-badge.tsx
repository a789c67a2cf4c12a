import { Badge } from '@/components/ui/badge'
import { DELIVERY_STATE, RUN_STATUS } from './redelivery-status'

export function RunStatusBadge({ status }: { status: keyof typeof RUN_STATUS }) {
  const { tone, label, meaning } = RUN_STATUS[status]
  return (
    <Badge tone={tone} title={meaning}>
      {label}
    </Badge>
  )
}

export function DeliveryStateBadge({ state }: { state: keyof typeof DELIVERY_STATE }) {
  const { tone, label, meaning } = DELIVERY_STATE[state]
  return (
    <Badge tone={tone} title={meaning}>
      {label}
    </Badge>
  )
}
