import { eventHref } from '@/components/addresses'
import { EVENT_STATUS } from '@/components/events/event-status'
import { Badge } from '@/components/ui/badge'
import { DataTable } from '@/components/ui/data-table'

type Failure = {
  id: string
  eventType: string
  outcome: keyof typeof EVENT_STATUS
  code: string | null
  message: string | null
}

/** Events that could not be projected, or would not be, and why. */
export function FailureTable({ failures, caption }: { failures: Failure[]; caption: string }) {
  return (
    <DataTable
      caption={caption}
      rows={failures}
      rowKey={(failure) => failure.id}
      rowHref={(failure) => eventHref(failure.id)}
      columns={[
        {
          key: 'type',
          header: 'Event',
          width: '14rem',
          cell: (failure) => <bdi className="font-mono text-xs">{failure.eventType}</bdi>,
        },
        {
          key: 'outcome',
          header: 'Outcome',
          width: '8rem',
          cell: ({ outcome }) => (
            <Badge tone={EVENT_STATUS[outcome].tone}>{EVENT_STATUS[outcome].label}</Badge>
          ),
        },
        {
          key: 'why',
          header: 'Why',
          cell: (failure) => (
            <span className="line-clamp-2 [overflow-wrap:anywhere]" dir="auto">
              {failure.message ?? failure.code}
            </span>
          ),
        },
      ]}
    />
  )
}
