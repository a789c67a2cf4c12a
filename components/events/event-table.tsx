import { eventHref } from '@/components/addresses'
import { DataTable, type Column } from '@/components/ui/data-table'
import { Time } from '@/components/ui/time'
import { formatBytes, formatCount } from '@/lib/format'
import type { EventRow } from '@/lib/queries/list-events'
import { EventStatusBadge } from './event-status-badge'
import { SubjectLinks } from './subject-links'

const type: Column<EventRow> = {
  key: 'type',
  header: 'Event',
  width: '15rem',
  cell: (event) => (
    <>
      <span className="block max-w-56 truncate font-mono text-xs" title={event.eventType}>
        <bdi>{event.eventType}</bdi>
      </span>
      {/* On a phone the column of times is out of sight. */}
      <span className="block text-xs font-normal text-muted md:hidden">
        <Time value={event.receivedAt} />
      </span>
    </>
  ),
}

const status: Column<EventRow> = {
  key: 'status',
  header: 'Status',
  width: '6.5rem',
  cell: (event) => <EventStatusBadge status={event.status} />,
}

const subject = (compact: boolean): Column<EventRow> => ({
  key: 'subject',
  header: 'About',
  cell: (event) => (
    <>
      <SubjectLinks event={event} narrowestOnly={compact} />
      {event.errorMessage && (
        <span className="mt-0.5 line-clamp-2 max-w-xl text-xs text-danger" dir="auto">
          {event.errorMessage}
        </span>
      )}
    </>
  ),
})

const received: Column<EventRow> = {
  key: 'received',
  header: 'Received',
  align: 'end',
  width: '7rem',
  sorted: 'descending',
  cell: (event) => <Time value={event.receivedAt} />,
}

const details: Column<EventRow>[] = [
  {
    key: 'company',
    header: 'Company',
    width: '9rem',
    cell: (event) => (
      <span
        className="block max-w-36 truncate font-mono text-xs text-muted"
        title={event.companyUuid}
      >
        <bdi>{event.companyUuid}</bdi>
      </span>
    ),
  },
  {
    key: 'size',
    header: 'Size',
    align: 'end',
    width: '5rem',
    cell: (event) => <span className="whitespace-nowrap">{formatBytes(event.bodySize)}</span>,
  },
  {
    key: 'attempts',
    header: 'Attempts',
    align: 'end',
    width: '5rem',
    cell: (event) => formatCount(event.attempts),
  },
]

type Props = {
  events: EventRow[]
  caption: string
  /** Leaves out the columns that an overview has no room for. */
  compact?: boolean
  empty?: React.ReactNode
}

/** Events, newest first; each row leads to its event. */
export function EventTable({ events, caption, compact = false, empty }: Props) {
  return (
    <DataTable
      caption={caption}
      columns={[type, status, subject(compact), ...(compact ? [] : details), received]}
      rows={events}
      rowKey={(event) => event.id}
      rowHref={(event) => eventHref(event.id)}
      empty={empty}
      minWidth={compact ? '38rem' : '56rem'}
    />
  )
}
