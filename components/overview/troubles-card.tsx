import Link from 'next/link'
import { EventTable } from '@/components/events/event-table'
import { Card, CardBody, CardHeader, CardTitle } from '@/components/ui/card'
import { formatBoundedCount } from '@/lib/format'
import type { Troubles } from '@/lib/queries/list-troubles'

const LINK = 'text-xs text-accent underline-offset-2 hover:underline'

/** Events that are stored and do not show in the pages, with the reason. */
export function TroublesCard({ troubles }: { troubles: Troubles }) {
  return (
    <Card aria-labelledby="troubles-title">
      <CardHeader>
        <CardTitle id="troubles-title">Failures</CardTitle>
        <span className="flex gap-3">
          <Link href="/events?status=failed" className={LINK}>
            {formatBoundedCount(troubles.failed)} failed
          </Link>
          <Link href="/events?status=invalid" className={LINK}>
            {formatBoundedCount(troubles.invalid)} invalid
          </Link>
        </span>
      </CardHeader>
      <CardBody flush>
        <EventTable
          compact
          events={troubles.newest}
          caption="Newest failures"
          empty={
            <p className="p-4 text-sm text-muted">
              No event failed, and none had a body that does not fit its type.
            </p>
          }
        />
      </CardBody>
    </Card>
  )
}
