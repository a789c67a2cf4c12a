import { redeliveryHref } from '@/components/addresses'
import { DataTable, type Column } from '@/components/ui/data-table'
import { Time } from '@/components/ui/time'
import { formatCount } from '@/lib/format'
import type { RedeliveryRow } from '@/lib/queries/redelivery/list-redeliveries'
import { RunStatusBadge } from './status-badge'

type Row = RedeliveryRow

const count = (key: 'total' | 'delivered' | 'dead', header: string): Column<Row> => ({
  key,
  header,
  align: 'end',
  width: '6rem',
  cell: (run) => `${formatCount(run[key])}${key === 'total' && !run.listed ? '+' : ''}`,
})

/** Runs of redelivery, newest first. */
export function RunTable({ runs, empty }: { runs: Row[]; empty: React.ReactNode }) {
  return (
    <DataTable
      caption="Runs, newest first"
      rows={runs}
      rowKey={(run) => run.id}
      rowHref={(run) => redeliveryHref(run.id)}
      empty={empty}
      minWidth="58rem"
      columns={[
        {
          key: 'destination',
          header: 'To',
          cell: (run) => <bdi className="line-clamp-2 wrap-anywhere">{run.destination}</bdi>,
        },
        {
          key: 'status',
          header: 'Status',
          width: '7rem',
          cell: (run) => <RunStatusBadge status={run.status} />,
        },
        count('total', 'Events'),
        count('delivered', 'Delivered'),
        count('dead', 'Dead'),
        {
          key: 'actor',
          header: 'By',
          width: '11rem',
          cell: (run) => <bdi className="block max-w-44 truncate text-xs">{run.actor}</bdi>,
        },
        {
          key: 'started',
          header: 'Started',
          align: 'end',
          width: '7rem',
          sorted: 'descending',
          cell: (run) => <Time value={run.startedAt} />,
        },
      ]}
    />
  )
}
