import { deliveryHref } from '@/components/addresses'
import { DataTable } from '@/components/ui/data-table'
import { Time } from '@/components/ui/time'
import { formatCount } from '@/lib/format'
import type { DeliveryRow } from '@/lib/queries/redelivery/list-deliveries'
import { DeliveryStateBadge } from './status-badge'

type Props = { runId: string; deliveries: DeliveryRow[]; empty: React.ReactNode }

/** The deliveries of a run, in the order of the log. */
export function DeliveryTable({ runId, deliveries, empty }: Props) {
  return (
    <DataTable
      caption="Deliveries, in the order in which the events were received"
      rows={deliveries}
      rowKey={(each) => each.eventSeq}
      rowHref={(each) => deliveryHref(runId, each.eventId)}
      empty={empty}
      minWidth="54rem"
      columns={[
        {
          key: 'event',
          header: 'Event',
          width: '16rem',
          cell: (each) => (
            <bdi className="block max-w-60 truncate font-mono text-xs" title={each.eventType}>
              {each.eventType}
            </bdi>
          ),
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
          cell: (each) => <Outcome delivery={each} />,
        },
        {
          key: 'attempts',
          header: 'Attempts',
          align: 'end',
          width: '5rem',
          cell: (each) => formatCount(each.attempts),
        },
        {
          key: 'received',
          header: 'Received',
          align: 'end',
          width: '7rem',
          sorted: 'ascending',
          cell: (each) => <Time value={each.receivedAt} />,
        },
        {
          key: 'settled',
          header: 'Settled',
          align: 'end',
          width: '7rem',
          cell: (each) => <Time value={each.settledAt} />,
        },
      ]}
    />
  )
}

function Outcome({ delivery }: { delivery: DeliveryRow }) {
  const { errorMessage, httpStatus, state, nextAttemptAt } = delivery
  if (!errorMessage) return httpStatus ?? <span className="text-muted">—</span>
  return (
    <span className="line-clamp-2 text-xs">
      {errorMessage}
      {state === 'retrying' && (
        <span className="text-muted">
          {' '}
          Again <Time value={nextAttemptAt} />.
        </span>
      )}
    </span>
  )
}
