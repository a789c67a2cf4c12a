import { Badge } from '@/components/ui/badge'
import { CodeBlock } from '@/components/ui/code-block'
import { Time } from '@/components/ui/time'
import { formatCount } from '@/lib/format'
import type { AttemptRow, DeliveryDetail } from '@/lib/queries/redelivery/list-deliveries'

type Props = {
  attempts: AttemptRow[]
  delivery: Pick<DeliveryDetail, 'state' | 'attempts' | 'textWithheld'>
}

/** Every request that was made for a delivery, newest first, with the beginning of each answer as text. */
export function DeliveryAttempts({ attempts, delivery }: Props) {
  if (attempts.length === 0) {
    return <p className="p-4 text-sm text-muted">It has not been sent yet.</p>
  }
  return (
    <>
      {delivery.textWithheld && (
        <p className="border-b bg-warning-subtle px-4 py-2 text-xs text-warning">
          The message of this event was deleted: what receivers answered is not shown, because it
          may repeat what the message said.
        </p>
      )}
      <AttemptList attempts={attempts} delivery={delivery} />
    </>
  )
}

function AttemptList({ attempts, delivery }: Props) {
  return (
    <ol>
      {attempts.map((attempt) => (
        <li key={attempt.number} className="space-y-2 border-b p-4 text-sm last:border-b-0">
          <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <span className="font-medium">Attempt {attempt.number}</span>
            <Verdict attempt={attempt} isUnderWay={isUnderWay(attempt, delivery)} />
            <Time value={attempt.startedAt} show="absolute" />
            {attempt.durationMs !== null && (
              <span className="text-muted">{formatCount(attempt.durationMs)} ms</span>
            )}
          </p>
          <p className="font-mono text-xs wrap-anywhere text-muted">
            <bdi>{attempt.address}</bdi>
          </p>
          {attempt.errorMessage && <p className="text-danger">{attempt.errorMessage}</p>}
          {attempt.response && (
            <>
              <CodeBlock
                code={attempt.response}
                label={`What it answered to attempt ${attempt.number}`}
                wrap
              />
              {attempt.responseCut && (
                <p className="text-xs text-muted">The first 4 KB; there was more.</p>
              )}
            </>
          )}
        </li>
      ))}
    </ol>
  )
}

function isUnderWay(attempt: AttemptRow, delivery: Props['delivery']): boolean {
  return delivery.state === 'sending' && attempt.number === delivery.attempts
}

function Verdict({ attempt, isUnderWay }: { attempt: AttemptRow; isUnderWay: boolean }) {
  const { finishedAt, errorCode, httpStatus } = attempt
  if (!finishedAt) {
    return isUnderWay ? (
      <Badge tone="blue">Under way</Badge>
    ) : (
      <Badge tone="amber" title="The process that sent it did not live to hear the answer.">
        Cut off: whether it arrived is not known
      </Badge>
    )
  }
  if (errorCode === null) return <Badge tone="green">{httpStatus}</Badge>
  return <Badge tone="red">{httpStatus ?? errorCode}</Badge>
}
