import { destinationHref } from '@/components/addresses'
import { Badge } from '@/components/ui/badge'
import { DataTable } from '@/components/ui/data-table'
import { Time } from '@/components/ui/time'
import type { DestinationRow } from '@/lib/queries/redelivery/list-destinations'

type Props = { destinations: DestinationRow[]; empty: React.ReactNode }

export function DestinationTable({ destinations, empty }: Props) {
  return (
    <DataTable
      caption="Destinations by name"
      rows={destinations}
      rowKey={(each) => each.id}
      rowHref={(each) => destinationHref(each.id)}
      empty={empty}
      minWidth="56rem"
      columns={[
        {
          key: 'name',
          header: 'Name',
          width: '14rem',
          cell: (each) => <bdi className="line-clamp-2 wrap-anywhere">{each.name}</bdi>,
        },
        {
          key: 'address',
          header: 'Address',
          cell: (each) => (
            <bdi className="line-clamp-2 font-mono text-xs wrap-anywhere">{each.address}</bdi>
          ),
        },
        { key: 'how', header: 'How', width: '12rem', cell: describeSending },
        {
          key: 'state',
          header: 'State',
          width: '8rem',
          cell: (each) => <DestinationState destination={each} />,
        },
        {
          key: 'updated',
          header: 'Changed',
          align: 'end',
          width: '7rem',
          cell: (each) => <Time value={each.updatedAt} />,
        },
      ]}
    />
  )
}

export function DestinationState({ destination }: { destination: DestinationRow }) {
  if (!destination.secretReadable) return <Badge tone="red">Secret unreadable</Badge>
  if (destination.enabled) return <Badge tone="green">Enabled</Badge>
  return <Badge>Disabled</Badge>
}

/** In few words how events are sent: "In order, 5 a second". */
export function describeSending({ order, atOnce, ratePerSecond }: DestinationRow): string {
  const how = order === 'in_order' ? 'In order' : `${atOnce} at once`
  return ratePerSecond === null ? how : `${how}, ${ratePerSecond} a second`
}
