import { requireUser } from '@/lib/auth/current-user'
import { db } from '@/lib/db'
import type { AttemptOutcome, AttemptTrigger } from '@/lib/generated/prisma/enums'

/** One projection of an event. The times of the first success are not kept once it has been replayed. */
export type EventAttempt = {
  key: string
  trigger: AttemptTrigger
  outcome: AttemptOutcome
  errorCode: string | null
  errorMessage: string | null
  actor: string | null
  projectorVersion: number | null
  startedAt: Date | null
  finishedAt: Date | null
}

const MAX_SHOWN = 50

/**
 * The newest projections of an event, newest first. The ordinary first success has no row of its own: it
 * stands on the event's row, and is put back here.
 *
 * @param event What `getEvent` found.
 * @throws UnauthenticatedError without a signed-in user.
 */
export async function listEventAttempts(event: {
  seq: string
  attempts: number
  processedAt: Date | null
  projectorVersion: number | null
}): Promise<EventAttempt[]> {
  await requireUser()
  const eventSeq = BigInt(event.seq)
  const [rows, recorded] = await Promise.all([
    db().eventAttempt.findMany({
      where: { eventSeq },
      orderBy: { id: 'desc' },
      take: MAX_SHOWN,
      select: {
        id: true,
        trigger: true,
        outcome: true,
        errorCode: true,
        errorMessage: true,
        actor: true,
        projectorVersion: true,
        startedAt: true,
        finishedAt: true,
      },
    }),
    db().eventAttempt.count({ where: { eventSeq } }),
  ])
  const attempts: EventAttempt[] = rows.map(({ id, ...row }) => ({ key: String(id), ...row }))
  if (event.attempts > recorded && recorded < MAX_SHOWN) {
    const isLatest = recorded === 0
    attempts.push({
      key: 'first',
      trigger: 'arrival',
      outcome: 'applied',
      errorCode: null,
      errorMessage: null,
      actor: null,
      projectorVersion: isLatest ? event.projectorVersion : null,
      startedAt: null,
      finishedAt: isLatest ? event.processedAt : null,
    })
  }
  return attempts
}
