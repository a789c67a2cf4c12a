import Link from 'next/link'
import { notFound } from 'next/navigation'
import { replayHref } from '@/components/addresses'
import { LiveRefresh } from '@/components/events/live-refresh'
import { CheckResult } from '@/components/replays/check-result'
import { FailureTable } from '@/components/replays/failure-table'
import { FilterSummary } from '@/components/events/filter-summary'
import { Foretold } from '@/components/replays/foretold'
import { RUN_KINDS } from '@/components/replays/replay-names'
import { RunAction } from '@/components/replays/run-action'
import { RunProgress } from '@/components/replays/run-progress'
import { Card, CardBody, CardHeader, CardTitle } from '@/components/ui/card'
import { DefinitionList } from '@/components/ui/definition-list'
import { PageHeader } from '@/components/ui/page-header'
import { RefusedAddress } from '@/components/ui/refused-address'
import { Stat } from '@/components/ui/stat'
import { Time } from '@/components/ui/time'
import { requireUserOrSignIn } from '@/lib/auth/require-user-or-sign-in'
import { formatCount } from '@/lib/format'
import { getReplayRun, type ReplayRunDetail } from '@/lib/queries/get-replay-run'
import { listForetoldRows } from '@/lib/queries/list-foretold-rows'
import { listRunFailures } from '@/lib/queries/list-run-failures'
import { orRefusal } from '@/lib/queries/or-refusal'
import { readParam, readPosition, type SearchParams } from '@/lib/queries/read-search-params'
import {
  controlRunAction,
  dryRunRepairAction,
  repairAction,
  retryFailedAction,
  runForetoldAction,
} from '../replay-actions'

const MOST_FAILURES = 100

type Props = { params: Promise<{ id: string }>; searchParams: Promise<SearchParams> }

export const metadata = { title: 'Replay' }

export default async function ReplayPage(props: Props) {
  await requireUserOrSignIn()
  const [{ id }, params] = await Promise.all([props.params, props.searchParams])
  const run = await getReplayRun(id)
  if (!run) notFound()
  const read = await orRefusal(async () => {
    const table = readParam(params, 'table')
    return { table, rows: await listForetoldRows(run.id, table, readPosition(params)) }
  })
  if ('refusal' in read) {
    return <RefusedAddress reason={read.refusal} href={replayHref(run.id)} linkText="This replay" />
  }
  const failures = run.kind === 'replay' ? await listRunFailures(run.id, MOST_FAILURES) : []
  return (
    <>
      <PageHeader
        title={RUN_KINDS[run.kind]}
        breadcrumbs={[{ label: 'Replays', href: '/replays' }]}
        actions={<Actions run={run} />}
      />
      <RunProgress run={run} />
      {run.kind === 'replay' && <Outcomes run={run} />}
      {run.kind === 'rebuild' && <Rebuilt run={run} />}
      {run.check && <CheckResult run={run} check={run.check} {...read.value} />}
      {run.report && <Foretold run={run} report={run.report} {...read.value} />}
      {failures.length > 0 && (
        <Card className="mb-4">
          <CardHeader>
            <CardTitle>
              {run.failed > failures.length
                ? `The first ${formatCount(failures.length)} of ${formatCount(run.failed)} that failed`
                : 'What failed'}
            </CardTitle>
            {isOver(run) && (
              <RunAction act={retryFailedAction.bind(null, run.id)}>Retry just those</RunAction>
            )}
          </CardHeader>
          <CardBody flush>
            <FailureTable
              caption="Events that failed in this replay"
              failures={failures.map(({ errorCode, errorMessage, ...failure }) => ({
                ...failure,
                code: errorCode,
                message: errorMessage,
              }))}
            />
          </CardBody>
        </Card>
      )}
      <Card>
        <CardHeader>
          <CardTitle>About it</CardTitle>
        </CardHeader>
        <DefinitionList items={facts(run)} />
      </Card>
    </>
  )
}

function Actions({ run }: { run: ReplayRunDetail }) {
  const control = (command: 'pause' | 'resume' | 'cancel') =>
    controlRunAction.bind(null, run.id, command)
  const isOpen = run.status === 'queued' || run.status === 'running'
  return (
    <>
      {isOpen && <LiveRefresh />}
      {isOpen && run.kind === 'replay' && <RunAction act={control('pause')}>Pause</RunAction>}
      {run.status === 'paused' && (
        <RunAction act={control('resume')} variant="primary">
          Resume
        </RunAction>
      )}
      {(isOpen || run.status === 'paused') && (
        <RunAction act={control('cancel')} variant="danger">
          Cancel
        </RunAction>
      )}
      {run.check && run.check.repairs > 0 && (
        <>
          <RunAction act={dryRunRepairAction.bind(null, run.id)}>Dry run</RunAction>
          <RunAction act={repairAction.bind(null, run.id)} variant="primary">
            Repair
          </RunAction>
        </>
      )}
      {run.kind === 'dry_run' && run.status === 'finished' && run.done > 0 && (
        <RunAction act={runForetoldAction.bind(null, run.id)} variant="primary">
          Run
        </RunAction>
      )}
    </>
  )
}

function Outcomes({ run }: { run: ReplayRunDetail }) {
  return (
    <div className="mb-4 grid grid-cols-1 gap-3 sm:grid-cols-2 lg:grid-cols-4">
      <Stat label="Changed something" value={run.changed} />
      <Stat
        label="Changed nothing"
        value={run.unchanged}
        hint="Superseded by newer events, or it was there already"
      />
      <Stat label="Failed" value={run.failed} />
      <Stat
        label="Totals put right"
        value={run.righted}
        hint="Rows whose counts were wrong, whatever event names them"
      />
    </div>
  )
}

function Rebuilt({ run }: { run: ReplayRunDetail }) {
  return (
    <div className="mb-4 grid grid-cols-1 gap-3 sm:grid-cols-2">
      <Stat label="Events read" value={run.done} />
      <Stat
        label="Say nothing that can be shown"
        value={run.failed}
        hint="Invalid, of an unknown type, or failed: why stands on their pages"
      />
    </div>
  )
}

function facts(run: ReplayRunDetail) {
  return [
    { term: 'Which events', value: <Selection run={run} /> },
    { term: 'By', value: <bdi className="[overflow-wrap:anywhere]">{run.actor}</bdi> },
    { term: 'Asked for', value: <Time value={run.createdAt} show="absolute" /> },
    { term: 'Begun', value: run.startedAt && <Time value={run.startedAt} show="absolute" /> },
    { term: 'Ended', value: run.finishedAt && <Time value={run.finishedAt} show="absolute" /> },
    { term: 'Id', value: <span className="font-mono text-xs break-all">{run.id}</span> },
  ]
}

function Selection({ run }: { run: ReplayRunDetail }) {
  const [id, text] = run.retryOfId
    ? [run.retryOfId, 'Those that failed in another replay']
    : [run.repairOfId, 'Those that put right what a check found']
  if (id === null) return <FilterSummary texts={run.filter} />
  return (
    <Link href={replayHref(id)} className="underline underline-offset-2">
      {text}
    </Link>
  )
}

function isOver(run: ReplayRunDetail): boolean {
  return ['finished', 'cancelled', 'failed'].includes(run.status)
}
