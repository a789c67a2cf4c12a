import { Prisma, type Transaction } from '@/lib/db'
import { markApplied, markFailed, type EventFailure } from '@/lib/event-log/mark-events'
import { recordAttempts, type Attempt } from '@/lib/event-log/record-attempts'
import { PROJECTOR_VERSION } from '@/lib/projections/projector-version'

const CHUNK = 1_000

type Outcome = {
  seq: bigint
  outcome: 'applied' | EventFailure['outcome']
  code: string | null
  message: string | null
}

/**
 * Notes on the events that a rebuild has folded, and that ended otherwise than before, how they ended. All others are
 * as their rows say, and that they were folded once more stands on the rebuild's own record: a row for every
 * event of the log would cost as much again as the rebuild.
 *
 * @param schema The shadow that the outcomes were noted in.
 */
export async function markOutcomes(
  tx: Transaction,
  schema: string,
  actor: string | null,
): Promise<void> {
  const startedAt = new Date()
  for (let after = 0n; ;) {
    const outcomes = await tx.$queryRaw<Outcome[]>`
      SELECT o.seq, o.outcome, o.code, o.message
      FROM ${Prisma.raw(`"${schema}".fill_outcome`)} o
      JOIN webhook_event e USING (seq)
      WHERE o.seq > ${after} AND e.status NOT IN ('pending', 'duplicate')
        AND e.status::text <> o.outcome
      ORDER BY o.seq LIMIT ${CHUNK}`
    const last = outcomes.at(-1)
    if (!last) return
    after = last.seq
    const applied = outcomes.filter(({ outcome }) => outcome === 'applied')
    await markApplied(
      tx,
      applied.map(({ seq }) => seq),
      PROJECTOR_VERSION,
    )
    await markFailed(tx, outcomes.flatMap(toFailure), PROJECTOR_VERSION)
    await recordAttempts(tx, outcomes.map(toAttempt), {
      trigger: 'rebuild',
      actor,
      projectorVersion: PROJECTOR_VERSION,
      startedAt,
    })
  }
}

function toFailure({ seq, outcome, code, message }: Outcome): EventFailure[] {
  return outcome === 'applied' ? [] : [{ seq, outcome, code: code ?? '', message: message ?? '' }]
}

function toAttempt({ seq, outcome, code, message }: Outcome): Attempt {
  return { eventSeq: seq, outcome, errorCode: code, errorMessage: message }
}
