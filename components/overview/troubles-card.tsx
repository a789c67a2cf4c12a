import Link from 'next/link'
import { replayHref } from '@/components/addresses'
import { EventTable } from '@/components/events/event-table'
import { Card, CardBody, CardHeader, CardTitle } from '@/components/ui/card'
import { Time } from '@/components/ui/time'
import { formatBoundedCount, formatCount } from '@/lib/format'
import type { Troubles } from '@/lib/queries/list-troubles'

const LINK = 'text-xs text-accent underline-offset-2 hover:underline'

/** Events that are stored and do not show in the pages, with the reason; and rows that differ from the log. */
export function TroublesCard({ troubles }: { troubles: Troubles }) {
  const { differences } = troubles
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
        {differences && (
          <p className="border-b px-4 py-2 text-sm">
            <Link href={replayHref(differences.runId)} className="text-danger underline">
              {differences.rows === 1
                ? '1 row differs from the event log'
                : `${formatCount(differences.rows)} rows differ from the event log`}
            </Link>
            , as a check found <Time value={differences.foundAt} />
          </p>
        )}
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
