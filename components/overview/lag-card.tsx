import Link from 'next/link'
import { Card, CardHeader, CardTitle } from '@/components/ui/card'
import { DefinitionList } from '@/components/ui/definition-list'
import { Time } from '@/components/ui/time'
import { formatBoundedCount } from '@/lib/format'
import type { ProjectorLag } from '@/lib/queries/projector-lag'

/** How far the pages are behind the log. */
export function LagCard({ lag }: { lag: ProjectorLag }) {
  const { count } = lag.pending
  return (
    <Card aria-labelledby="lag-title">
      <CardHeader>
        <CardTitle id="lag-title">Projector</CardTitle>
        <span className="text-xs text-muted">
          {count === 0 ? 'Every stored event is in the pages' : 'Working through stored events'}
        </span>
      </CardHeader>
      <DefinitionList
        items={[
          {
            term: 'Pending',
            value: (
              <Link
                href="/events?status=pending"
                className="text-accent underline-offset-2 hover:underline"
              >
                {formatBoundedCount(lag.pending)} {count === 1 ? 'event' : 'events'}
              </Link>
            ),
          },
          {
            term: 'Oldest pending',
            value: lag.oldestReceivedAt && <Time value={lag.oldestReceivedAt} />,
          },
        ]}
      />
    </Card>
  )
}
