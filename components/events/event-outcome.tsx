import type { EventDetail } from '@/lib/queries/get-event'
import { EVENT_STATUS } from './event-status'
import { EventStatusBadge } from './event-status-badge'

/** What became of an event, in a sentence, with the error where there is one. */
export function EventOutcome({ event }: { event: EventDetail }) {
  return (
    <div className="mb-4 rounded-lg border bg-surface px-4 py-3">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1 text-sm">
        <EventStatusBadge status={event.status} />
        <p>{EVENT_STATUS[event.status].meaning}</p>
      </div>
      {(event.errorCode || event.errorMessage) && (
        <div className="mt-2 border-t pt-2 text-sm">
          {event.errorCode && (
            <code className="me-2 rounded bg-danger-subtle px-1 py-0.5 font-mono text-xs text-danger">
              {event.errorCode}
            </code>
          )}
          <span dir="auto">{event.errorMessage}</span>
        </div>
      )}
    </div>
  )
}
