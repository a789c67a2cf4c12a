import Link from 'next/link'
import { deliveryHref, redeliveryHref } from '@/components/addresses'
import { ActionButton } from '@/components/ui/action-button'
import type { ActionResult } from '@/components/ui/action-result'
import { DataTable } from '@/components/ui/data-table'
import { Time } from '@/components/ui/time'
import { formatCount } from '@/lib/format'
import type { DeadLetter } from '@/lib/queries/redelivery/list-dead-letters'

type Props = {
  letters: DeadLetter[]
  sendAgain: (runId: string, eventId: string) => Promise<ActionResult>
  empty: React.ReactNode
}

/** What failed for good, of all runs, newest run first, each with the way to send it again. */
export function DeadLetterTable({ letters, sendAgain, empty }: Props) {
  return (
    <DataTable
      caption="Dead letters, the newest run first"
      rows={letters}
      rowKey={(each) => `${each.runSeq} ${each.eventSeq}`}
      rowHref={(each) => deliveryHref(each.runId, each.eventId)}
      empty={empty}
      minWidth="58rem"
      columns={[
        {
          key: 'event',
          header: 'Event',
          width: '14rem',
          cell: (each) => (
            <bdi className="block max-w-52 truncate font-mono text-xs" title={each.eventType}>
              {each.eventType}
            </bdi>
          ),
        },
        {
          key: 'destination',
          header: 'To',
          width: '12rem',
          cell: (each) => (
            <Link href={redeliveryHref(each.runId)} className="underline-offset-2 hover:underline">
              <bdi className="line-clamp-2 wrap-anywhere">{each.destination}</bdi>
            </Link>
          ),
        },
        {
          key: 'answer',
          header: 'Answer',
          cell: (each) => (
            <span className="line-clamp-2 text-xs wrap-anywhere">
              {each.errorMessage ?? each.httpStatus ?? '—'}
            </span>
          ),
        },
        {
          key: 'attempts',
          header: 'Attempts',
          align: 'end',
          width: '5rem',
          cell: (each) => formatCount(each.attempts),
        },
        {
          key: 'settled',
          header: 'Given up',
          align: 'end',
          width: '7rem',
          cell: (each) => <Time value={each.settledAt} />,
        },
        {
          key: 'again',
          header: 'Send again',
          headerHidden: true,
          align: 'end',
          width: '8rem',
          cell: (each) =>
            each.isCancelled ? (
              <span className="text-xs text-muted">Run cancelled</span>
            ) : (
              <ActionButton size="sm" action={sendAgain.bind(null, each.runId, each.eventId)}>
                Send again
              </ActionButton>
            ),
        },
      ]}
    />
  )
}
