import { Card, CardBody } from '@/components/ui/card'
import { formatCount } from '@/lib/format'
import type { ReplayRunDetail } from '@/lib/queries/get-replay-run'
import { durationText, RUN_STATUS } from './replay-names'

// A worker says at least this often that it is at it, in seconds.
const SILENCE = 15

/** How far a run is: a bar, its rate and the time that is left. */
export function RunProgress({ run }: { run: ReplayRunDetail }) {
  const total = run.total ?? 0
  const percent = total > 0 ? Math.min(100, Math.floor((run.done / total) * 100)) : 0
  const isOver = ['finished', 'cancelled', 'failed'].includes(run.status)
  return (
    <Card className="mb-4">
      <CardBody>
        <div className="flex flex-wrap items-baseline justify-between gap-x-4 text-sm">
          <p role="status">
            {RUN_STATUS[run.status].label}
            {run.stage !== null && `, ${run.stage}`}:{' '}
            {run.total === null && !isOver
              ? 'counting the events'
              : `${formatCount(run.done)} of ${formatCount(total)} events`}
          </p>
          <p className="text-muted">
            {run.eventsPerSecond !== null && `${formatCount(Math.round(run.eventsPerSecond))}/s`}
            {run.secondsLeft !== null && ` · ${durationText(run.secondsLeft)} left`}
          </p>
        </div>
        <div
          role="progressbar"
          aria-label="Events done"
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={percent}
          className="mt-2 h-2 overflow-hidden rounded-full bg-subtle"
        >
          <div className="h-full bg-accent-solid" style={{ width: `${percent}%` }} />
        </div>
        {run.waitsFor === null && run.silentFor !== null && run.silentFor > SILENCE && (
          <p className="mt-2 text-sm text-danger">
            Nobody has worked on it for {durationText(run.silentFor)}. It goes on where it was as
            soon as Waggle runs again.
          </p>
        )}
        {run.waitsFor && <p className="mt-2 text-sm text-muted">{run.waitsFor}</p>}
        {run.errorMessage && (
          <p className="mt-2 text-sm [overflow-wrap:anywhere] text-danger" dir="auto">
            {run.errorMessage}
          </p>
        )}
      </CardBody>
    </Card>
  )
}
