import { Prisma, type Transaction } from '@/lib/db'
import { markApplied, markFailed, type EventFailure } from '@/lib/event-log/mark-events'
import { recordAttempts, type Attempt } from '@/lib/event-log/record-attempts'
import { PROJECTOR_VERSION } from '@/lib/projections/projector-version'
import { inProjectionTransaction } from '@/lib/projector/in-projection-transaction'

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
 * A part at a time is committed. One that says already how it ended is left out, so that each is noted once, whatever is
 * killed when, and what a replay has found out since then stands.
 *
 * @param schema The shadow that the outcomes were noted in.
 * @throws The signal's reason, and whatever keeps the database from answering.
 */
export async function markOutcomes(
  schema: string,
  actor: string | null,
  signal: AbortSignal,
): Promise<void> {
  for (let after: bigint | undefined = 0n; after !== undefined;) {
    signal.throwIfAborted()
    const from: bigint = after
    after = await inProjectionTransaction((tx) => markPart(tx, schema, actor, from), {
      durable: false,
    })
  }
}

/** @returns How far it came; undefined when there is no more. */
async function markPart(
  tx: Transaction,
  schema: string,
  actor: string | null,
  after: bigint,
): Promise<bigint | undefined> {
  const startedAt = new Date()
  // Cut before it is compared with the events: so each part costs the same, however many came before it.
  const found = await tx.$queryRaw<{ seq: bigint }[]>`
    SELECT seq FROM ${Prisma.raw(`"${schema}".fill_outcome`)}
    WHERE seq > ${after} ORDER BY seq LIMIT ${CHUNK}`
  const last = found.at(-1)
  if (!last) return undefined
  const seqs = found.map(({ seq }) => seq)
  const outcomes = await tx.$queryRaw<Outcome[]>`
    SELECT o.seq, o.outcome, o.code, o.message
    FROM ${Prisma.raw(`"${schema}".fill_outcome`)} o
    JOIN webhook_event e ON e.seq = o.seq
    WHERE o.seq = ANY(${seqs}::bigint[]) AND e.seq = ANY(${seqs}::bigint[])
      AND e.status NOT IN ('pending', 'duplicate') AND e.status::text <> o.outcome
    ORDER BY o.seq
    FOR UPDATE OF e`
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
  return last.seq
}

function toFailure({ seq, outcome, code, message }: Outcome): EventFailure[] {
  return outcome === 'applied' ? [] : [{ seq, outcome, code: code ?? '', message: message ?? '' }]
}

function toAttempt({ seq, outcome, code, message }: Outcome): Attempt {
  return { eventSeq: seq, outcome, errorCode: code, errorMessage: message }
}
