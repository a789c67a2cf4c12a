import { deliveryHref } from '@/components/addresses'
import { DataTable } from '@/components/ui/data-table'
import { Time } from '@/components/ui/time'
import type { EventDelivery } from '@/lib/queries/redelivery/list-event-deliveries'
import { DeliveryStateBadge } from './status-badge'

/** Where an event was sent to, newest run first. */
export function EventDeliveries({ eventId, deliveries }: Props) {
  return (
    <DataTable
      caption="Redeliveries of this event, newest first"
      rows={deliveries}
      rowKey={(each) => each.runId}
      rowHref={(each) => deliveryHref(each.runId, eventId)}
      minWidth="44rem"
      columns={[
        {
          key: 'destination',
          header: 'To',
          cell: (each) => <bdi className="line-clamp-2 wrap-anywhere">{each.destination}</bdi>,
        },
        {
          key: 'state',
          header: 'State',
          width: '7rem',
          cell: (each) => <DeliveryStateBadge state={each.state} />,
        },
        {
          key: 'answer',
          header: 'Answer',
          width: '14rem',
          cell: (each) => (
            <span className="line-clamp-2 text-xs wrap-anywhere">
              {each.errorMessage ?? each.httpStatus ?? '—'}
            </span>
          ),
        },
        {
          key: 'started',
          header: 'Ordered',
          align: 'end',
          width: '7rem',
          sorted: 'descending',
          cell: (each) => <Time value={each.startedAt} />,
        },
      ]}
    />
  )
}

type Props = { eventId: string; deliveries: EventDelivery[] }
