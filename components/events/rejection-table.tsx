import { DataTable, type Column } from '@/components/ui/data-table'
import { Time } from '@/components/ui/time'
import { formatCount } from '@/lib/format'
import type { RejectedFor } from '@/lib/queries/rejection-history'

const COLUMNS: Column<RejectedFor>[] = [
  {
    key: 'reason',
    header: 'Reason',
    width: '12rem',
    cell: ({ title, reason }) => (
      <>
        <span className="block font-medium">
          <bdi>{title}</bdi>
        </span>
        {title !== reason && <span className="font-mono text-xs text-muted">{reason}</span>}
      </>
    ),
  },
  {
    key: 'advice',
    header: 'What to do',
    cell: ({ advice }) => <span className="block min-w-56 py-1 text-xs text-muted">{advice}</span>,
  },
  {
    key: 'count',
    header: 'How many',
    align: 'end',
    width: '6rem',
    sorted: 'descending',
    cell: ({ count }) => formatCount(count),
  },
  {
    key: 'first',
    header: 'First',
    align: 'end',
    width: '7rem',
    cell: ({ first }) => <Time value={first} />,
  },
  {
    key: 'last',
    header: 'Last',
    align: 'end',
    width: '7rem',
    cell: ({ last }) => <Time value={last} />,
  },
]

/** The reasons, the most frequent first. */
export function RejectionTable({ reasons }: { reasons: RejectedFor[] }) {
  return (
    <DataTable
      caption="Rejected deliveries by reason"
      columns={COLUMNS}
      rows={reasons}
      rowKey={({ reason }) => reason}
      minWidth="46rem"
    />
  )
}
