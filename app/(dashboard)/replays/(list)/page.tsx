import { RotateCcw } from 'lucide-react'
import Link from 'next/link'
import { replayHref } from '@/components/addresses'
import { FilterSummary } from '@/components/events/filter-summary'
import { RUN_KINDS, RUN_STATUS } from '@/components/replays/replay-names'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { DataTable } from '@/components/ui/data-table'
import { EmptyState } from '@/components/ui/empty-state'
import { PageHeader } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'
import { RefusedAddress } from '@/components/ui/refused-address'
import { Time } from '@/components/ui/time'
import { requireUserOrSignIn } from '@/lib/auth/require-user-or-sign-in'
import { formatCount } from '@/lib/format'
import { listReplayRuns, type ReplayRunRow } from '@/lib/queries/list-replay-runs'
import { orRefusal } from '@/lib/queries/or-refusal'
import { readPosition, type SearchParams } from '@/lib/queries/read-search-params'

export const metadata = { title: 'Replays' }

export default async function ReplaysPage(props: { searchParams: Promise<SearchParams> }) {
  await requireUserOrSignIn()
  const params = await props.searchParams
  const read = await orRefusal(async () => listReplayRuns(readPosition(params)))
  if ('refusal' in read) {
    return <RefusedAddress reason={read.refusal} href="/replays" linkText="All replays" />
  }
  const page = read.value
  return (
    <>
      <PageHeader
        title="Replays"
        description="Every dry run, replay, rebuild and check, newest first. None is ever deleted."
        actions={
          <Button variant="primary" asChild>
            <Link href="/replays/new">New replay</Link>
          </Button>
        }
      />
      <Card>
        <DataTable
          caption="Replays, newest first"
          rows={page.rows}
          rowKey={(run) => run.id}
          rowHref={(run) => replayHref(run.id)}
          minWidth="62rem"
          empty={<NoReplays />}
          columns={[
            { key: 'kind', header: 'What', width: '8rem', cell: (run) => RUN_KINDS[run.kind] },
            {
              key: 'status',
              header: 'Status',
              width: '7rem',
              cell: (run) => (
                <Badge tone={RUN_STATUS[run.status].tone}>{RUN_STATUS[run.status].label}</Badge>
              ),
            },
            { key: 'filter', header: 'Events', cell: (run) => <Events run={run} /> },
            {
              key: 'done',
              header: 'Done',
              align: 'end',
              width: '9rem',
              cell: (run) =>
                run.total === null ? '—' : `${formatCount(run.done)} of ${formatCount(run.total)}`,
            },
            {
              key: 'failed',
              header: 'Failed',
              align: 'end',
              width: '5rem',
              // A rebuild and a check count here what never said anything that can be shown.
              cell: (run) =>
                run.kind === 'replay' || run.kind === 'dry_run' ? formatCount(run.failed) : '—',
            },
            {
              key: 'actor',
              header: 'By',
              width: '11rem',
              cell: (run) => <bdi className="[overflow-wrap:anywhere]">{run.actor}</bdi>,
            },
            {
              key: 'created',
              header: 'Asked for',
              width: '9rem',
              cell: (run) => <Time value={run.createdAt} />,
            },
          ]}
        />
      </Card>
      <Pager page={page} />
    </>
  )
}

function Events({ run }: { run: ReplayRunRow }) {
  if (run.retryOfId) return <>Those that failed in another replay</>
  if (run.repairOfId) return <>Those that put right what a check found</>
  return <FilterSummary texts={run.filter} />
}

function NoReplays() {
  return (
    <EmptyState
      icon={<RotateCcw />}
      title="Nothing has been replayed in bulk yet"
      description="Choose events by a filter, see what a replay would change, then run it."
    />
  )
}
