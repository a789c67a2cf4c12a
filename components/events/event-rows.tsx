import { eventHref } from '@/components/addresses'
import { Time } from '@/components/ui/time'
import { formatBytes, formatCount } from '@/lib/format'
import type { EventRow } from '@/lib/queries/list-events'
import type { EventListColumn, EventListRow } from './event-list'
import { EventStatusBadge } from './event-status-badge'
import { SubjectLinks } from './subject-links'

/** The columns of the list of events; `eventListRow` has a cell for each. */
export const EVENT_COLUMNS: EventListColumn[] = [
  { header: 'Event', className: 'w-60' },
  { header: 'Status', className: 'w-26' },
  { header: 'About' },
  { header: 'Company', className: 'w-36 max-lg:hidden' },
  { header: 'Size', className: 'w-20 text-end max-md:hidden' },
  { header: 'Attempts', className: 'w-20 text-end max-md:hidden' },
  { header: 'Received', className: 'w-28 text-end max-md:hidden', sorted: true },
]

/**
 * An event as a row of the list.
 *
 * @param query What of the list's filter its page is told, to step to the next event under the same one.
 */
export function eventListRow(event: EventRow, query: string): EventListRow {
  const href = eventHref(event.id)
  return {
    key: event.id,
    href: query ? `${href}?${query}` : href,
    name: `${event.eventType.slice(0, 80)} ${event.id}`,
    cells: [
      <span key="type">
        <span className="block max-w-56 truncate font-mono text-xs" title={event.eventType}>
          <bdi>{event.eventType}</bdi>
        </span>
        {/* On a phone the column of times is out of sight. */}
        <span className="block text-xs font-normal text-muted md:hidden">
          <Time value={event.receivedAt} />
        </span>
      </span>,
      <EventStatusBadge key="status" status={event.status} />,
      <div key="about" className="min-w-0">
        <SubjectLinks event={event} />
        {event.errorMessage && (
          <span className="mt-0.5 line-clamp-2 max-w-xl text-xs text-danger" dir="auto">
            {event.errorMessage}
          </span>
        )}
      </div>,
      <span
        key="company"
        className="block max-w-36 truncate font-mono text-xs text-muted"
        title={event.companyUuid}
      >
        <bdi>{event.companyUuid}</bdi>
      </span>,
      <span key="size" className="whitespace-nowrap">
        {formatBytes(event.bodySize)}
      </span>,
      formatCount(event.attempts),
      <Time key="received" value={event.receivedAt} />,
    ],
  }
}
