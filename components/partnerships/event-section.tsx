import Link from 'next/link'
import { eventHref } from '@/components/addresses'
import { EventStatusBadge } from '@/components/events/event-status-badge'
import { Time } from '@/components/ui/time'
import type { SubjectEvent } from '@/lib/queries/list-subject-events'
import { Section } from './section'

/** The last events about a partnership or a contact, whatever became of them. */
export function EventSection({ events }: { events: SubjectEvent[] }) {
  return (
    <Section title="Last events" empty={events.length === 0 && 'No event names it as its subject.'}>
      <ul>
        {events.map((event) => (
          <li
            key={event.id}
            className="relative flex items-center justify-between gap-3 border-b px-4 py-2 text-sm last:border-b-0 focus-within:bg-subtle hover:bg-subtle"
          >
            <Link
              href={eventHref(event.id)}
              prefetch={false}
              className="min-w-0 font-mono text-xs outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-(--ring)"
            >
              <bdi className="line-clamp-1 break-all">{event.eventType}</bdi>
            </Link>
            <span className="flex shrink-0 items-center gap-3 text-xs text-muted">
              <EventStatusBadge status={event.status} />
              <Time value={event.receivedAt} />
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
