import { Time } from '@/components/ui/time'
import { formatCount } from '@/lib/format'
import type { RedeliveryDetail } from '@/lib/queries/redelivery/list-redeliveries'

/** How far a run is: a bar of what is delivered and dead, and in words what is where. */
export function RunProgress({ run, now }: { run: RedeliveryDetail; now: Date }) {
  const { total, delivered, dead, listed } = run
  const settled = delivered + dead
  const percent = total === 0 ? (listed ? 100 : 0) : Math.floor((settled * 100) / total)
  const width = (part: number) => ({ width: `${total === 0 ? 0 : (part * 100) / total}%` })
  return (
    <div className="space-y-3 p-4">
      <div
        role="progressbar"
        aria-label="Settled"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        className="flex h-2 overflow-hidden rounded bg-subtle ring-1 ring-border ring-inset"
      >
        <div className="bg-success" style={width(delivered)} />
        <div className="bg-danger" style={width(dead)} />
      </div>
      <p className="text-sm">
        {formatCount(settled)} of {formatCount(total)}
        {listed ? '' : ' so far'} settled, {percent} %
        {!listed && run.status === 'running' && '. The log is still being gone through.'}
        <Pace run={run} now={now} />
      </p>
      <dl className="grid grid-cols-2 gap-3 text-sm sm:grid-cols-5">
        <Count term="Delivered" count={delivered} />
        <Count term="Dead" count={dead} />
        <Count term={run.status === 'cancelled' ? 'Not sent' : 'Waiting'} count={run.waiting} />
        <Count term="Under way" count={run.sending} />
        {run.status !== 'cancelled' && <Count term="Retrying" count={run.retrying} />}
      </dl>
      {run.nextTryAt && run.status === 'running' && (
        <p className="text-xs text-muted">
          The next retry is due <Time value={run.nextTryAt} show="absolute" />
        </p>
      )}
    </div>
  )
}

function Count({ term, count }: { term: string; count: number }) {
  return (
    <div>
      <dt className="text-xs text-muted">{term}</dt>
      <dd className="font-medium tabular-nums">{formatCount(count)}</dd>
    </div>
  )
}

// Over the whole run, pauses included: an estimate that says so.
function Pace({ run, now }: { run: RedeliveryDetail; now: Date }) {
  const settled = run.delivered + run.dead
  const seconds = ((run.finishedAt ?? now).getTime() - run.startedAt.getTime()) / 1_000
  if (settled === 0 || seconds < 1) return null
  const rate = settled / seconds
  const shown =
    rate >= 1 ? `${formatCount(Math.round(rate))} a second` : `${(rate * 60).toFixed(1)} a minute`
  const left = (run.total - settled) / rate
  return (
    <span className="text-muted">
      {' '}
      · {shown} on average
      {run.status === 'running' && left > 0 && ` · about ${describeSeconds(left)} left`}
    </span>
  )
}

function describeSeconds(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`
  if (seconds < 5_400) return `${Math.ceil(seconds / 60)} min`
  return `${formatCount(Math.ceil(seconds / 3_600))} h`
}
