import { Badge } from '@/components/ui/badge'
import { DataTable } from '@/components/ui/data-table'
import { Time } from '@/components/ui/time'
import type { EventAttempt } from '@/lib/queries/list-event-attempts'
import { EVENT_STATUS } from './event-status'

const TRIGGERS: Record<EventAttempt['trigger'], string> = {
  arrival: 'On arrival',
  retry: 'Retry',
  replay: 'Replay',
  rebuild: 'Rebuild',
}

/** What the projector made of an event, each time that it was given it. */
export function AttemptTable({ attempts }: { attempts: EventAttempt[] }) {
  return (
    <DataTable
      caption="Attempts, newest first"
      rows={attempts}
      rowKey={(attempt) => attempt.key}
      minWidth="44rem"
      empty={<p className="p-4 text-sm text-muted">The projector has not been given it.</p>}
      columns={[
        {
          key: 'when',
          header: 'When',
          width: '13rem',
          cell: (attempt) =>
            attempt.finishedAt ? (
              <Time value={attempt.finishedAt} show="absolute" />
            ) : (
              <span className="text-muted">Before its first replay</span>
            ),
        },
        {
          key: 'trigger',
          header: 'Why',
          width: '8rem',
          cell: (attempt) => TRIGGERS[attempt.trigger],
        },
        {
          key: 'outcome',
          header: 'Outcome',
          cell: (attempt) => (
            <>
              <Badge tone={EVENT_STATUS[attempt.outcome].tone}>
                {EVENT_STATUS[attempt.outcome].label}
              </Badge>
              {attempt.errorMessage && (
                <span className="mt-0.5 line-clamp-3 block text-xs text-danger" dir="auto">
                  {attempt.errorMessage}
                </span>
              )}
            </>
          ),
        },
        {
          key: 'actor',
          header: 'By',
          width: '9rem',
          cell: (attempt) =>
            attempt.actor ? <bdi>{attempt.actor}</bdi> : <span className="text-muted">Waggle</span>,
        },
        {
          key: 'version',
          header: 'Projector',
          align: 'end',
          width: '6rem',
          cell: (attempt) => attempt.projectorVersion ?? '—',
        },
      ]}
    />
  )
}
