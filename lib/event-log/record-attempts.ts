import type { Transaction } from '@/lib/db'
import type { AttemptOutcome, AttemptTrigger } from '@/lib/generated/prisma/enums'

export type Attempt = {
  eventSeq: bigint
  outcome: AttemptOutcome
  errorCode: string | null
  errorMessage: string | null
}

export type AttemptContext = {
  trigger: AttemptTrigger
  /** Who asked for it: an e-mail address, or null where nobody did. */
  actor: string | null
  projectorVersion: number
  startedAt: Date
  /** The replay run that they are part of, if of one. */
  runId?: string
}

/**
 * Records projections of events. The ordinary first success is not recorded here: it stands on the
 * event's own row, so that a row is not paid twice.
 */
export async function recordAttempts(
  tx: Transaction,
  attempts: Attempt[],
  context: AttemptContext,
): Promise<void> {
  if (attempts.length === 0) return
  const finishedAt = new Date()
  await tx.eventAttempt.createMany({
    data: attempts.map((attempt) => ({ ...attempt, ...context, finishedAt })),
  })
}
