import Link from 'next/link'
import { Card, CardBody, CardHeader, CardTitle } from '@/components/ui/card'
import { Time } from '@/components/ui/time'
import { formatCount } from '@/lib/format'
import type { RejectionCount } from '@/lib/queries/list-rejections'

/** What was turned away at the door and why: the answer to "why does nothing arrive?". */
export function RejectionsCard({ rejections }: { rejections: RejectionCount[] }) {
  return (
    <Card aria-labelledby="rejections-title">
      <CardHeader>
        <CardTitle id="rejections-title">Rejected in the last 24 hours</CardTitle>
        <Link
          href="/events/rejections"
          className="text-xs text-muted underline-offset-2 hover:text-foreground hover:underline"
        >
          All rejections
        </Link>
      </CardHeader>
      <CardBody flush>
        {rejections.length === 0 ? (
          <p className="p-4 text-sm text-muted">
            Nothing was turned away. If events are missing all the same, they did not reach this
            server: check the address in JourneyBee, and whatever stands in between.
          </p>
        ) : (
          <ul>
            {rejections.map((rejection) => (
              <Rejection key={rejection.reason} rejection={rejection} />
            ))}
          </ul>
        )}
      </CardBody>
    </Card>
  )
}

function Rejection({ rejection }: { rejection: RejectionCount }) {
  return (
    <li className="border-b px-4 py-2.5 text-sm last:border-b-0">
      <div className="flex flex-wrap items-baseline justify-between gap-x-3">
        <span className="font-medium">{rejection.title}</span>
        <span className="text-xs text-muted">
          {formatCount(rejection.lastDay)} ({formatCount(rejection.lastHour)} in the last hour),
          last <Time value={rejection.lastMinute} />
        </span>
      </div>
      <p className="mt-0.5 text-xs text-muted">{rejection.advice}</p>
    </li>
  )
}
