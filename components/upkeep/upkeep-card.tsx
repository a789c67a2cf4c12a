import Link from 'next/link'
import { replayHref, UPKEEP_ANCHOR } from '@/components/addresses'
import { Badge } from '@/components/ui/badge'
import { Card, CardBody, CardHeader, CardTitle } from '@/components/ui/card'
import { ScrollWhenNamed } from '@/components/ui/scroll-when-named'
import { Time } from '@/components/ui/time'
import { formatCount } from '@/lib/format'
import type { Upkeep, UpkeepRun } from '@/lib/queries/read-upkeep'
import { RefreshWhile } from './refresh-while'
import { ActionButton } from '@/components/ui/action-button'
import type { ActionResult } from '@/components/ui/action-result'

type Action = () => Promise<ActionResult>

type Props = {
  upkeep: Upkeep
  rebuild: Action
  check: Action
  cancel: (id: string) => Promise<ActionResult>
}

/** Rebuilding what the dashboard shows from the log, and checking that the two are equal. */
export function UpkeepCard({ upkeep, rebuild, check, cancel }: Props) {
  const open = upkeep.runs.filter(isOpen)
  const latest = upkeep.runs.find(({ kind, status }) => kind === 'parity' && status === 'finished')
  const differences = latest?.differences ?? 0
  return (
    <Card id={UPKEEP_ANCHOR} className="scroll-mt-16">
      <ScrollWhenNamed id={UPKEEP_ANCHOR} />
      <CardHeader>
        <CardTitle>Dashboard and event log</CardTitle>
        <div className="flex flex-wrap gap-2">
          <ActionButton action={check}>Check parity</ActionButton>
          <ActionButton action={rebuild} variant={upkeep.isOutdated ? 'primary' : 'secondary'}>
            Rebuild
          </ActionButton>
        </div>
      </CardHeader>
      <CardBody>
        <p className="text-sm text-muted">
          {upkeep.isOutdated
            ? 'This version of Waggle reads events otherwise than the one that wrote the dashboard’s rows: rebuild them.'
            : 'Everything that the dashboard shows is read from the event log. A check compares the two, a rebuild reads it anew; the dashboard serves meanwhile.'}
        </p>
        {open.length > 0 && <RefreshWhile />}
        <ul className="mt-2 divide-y text-sm">
          {upkeep.runs.map((run) => (
            <li key={run.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-1.5">
              <Link
                href={replayHref(run.id)}
                prefetch={false}
                className="font-medium underline underline-offset-2"
              >
                {run.kind === 'rebuild' ? 'Rebuild' : 'Check'}
              </Link>
              <Outcome run={run} />
              <bdi className="min-w-0 [overflow-wrap:anywhere] text-muted">{run.actor}</bdi>
              <span className="text-xs text-muted">
                <Time value={run.createdAt} show="absolute" />
              </span>
              {isOpen(run) && (
                <ActionButton action={cancel.bind(null, run.id)}>Cancel</ActionButton>
              )}
            </li>
          ))}
        </ul>
        {latest && differences > 0 && (
          <p className="mt-4 text-sm">
            <Link href={replayHref(latest.id)} className="underline underline-offset-2">
              {`${formatCount(differences)} ${differences === 1 ? 'row differs' : 'rows differ'}`}
            </Link>{' '}
            from the event log: the page of the check shows and repairs them.
          </p>
        )}
      </CardBody>
    </Card>
  )
}

function isOpen({ status }: UpkeepRun): boolean {
  return status === 'queued' || status === 'running' || status === 'paused'
}

function Outcome({ run }: { run: UpkeepRun }) {
  if (isOpen(run)) {
    const percent = run.total ? Math.min(100, Math.floor((run.done / run.total) * 100)) : 0
    return (
      <>
        <progress
          className="h-2 w-32 accent-accent-solid"
          aria-label={`${run.kind === 'rebuild' ? 'Rebuild' : 'Check'}: events read`}
          max={100}
          value={percent}
        />
        <span role="status">
          {run.total === null
            ? 'waiting'
            : `${formatCount(run.done)} of ${formatCount(run.total)} events`}
        </span>
      </>
    )
  }
  if (run.status !== 'finished') {
    return (
      <span className="min-w-0 [overflow-wrap:anywhere] text-danger" dir="auto">
        {run.status === 'cancelled' ? 'cancelled' : `failed: ${run.errorMessage ?? ''}`}
      </span>
    )
  }
  if (run.kind === 'rebuild') return <Badge tone="green">{formatCount(run.done)} events</Badge>
  return (
    <>
      <Badge tone={run.differences === 0 ? 'green' : 'red'}>
        {formatCount(run.differences ?? 0)} differences
      </Badge>
      <span className="text-muted">{formatCount(run.compared ?? 0)} rows compared</span>
    </>
  )
}
