import { db } from '@/lib/db'
import { pause } from '@/lib/pause'

// Where arrivals never stop, a run still gets a batch in so many milliseconds.
const MOST_PATIENCE_MS = 2_000
const PATIENCE_STEP_MS = 100
// The projector takes up what has come within a tenth of a second: what is younger than this is no backlog.
const LATE_AFTER_MS = 1_000

/** Waits while the projector is behind, but not for ever. */
export async function letArrivalsGoFirst(signal: AbortSignal): Promise<void> {
  const until = performance.now() + MOST_PATIENCE_MS
  while (!signal.aborted && performance.now() < until && (await areArrivalsLate())) {
    await pause(PATIENCE_STEP_MS, signal)
  }
}

/** Whether the oldest event that waits to be projected has waited for longer than the projector takes as a rule. */
export async function areArrivalsLate(): Promise<boolean> {
  const oldest = await db().webhookEvent.findFirst({
    where: { status: 'pending' },
    orderBy: { seq: 'asc' },
    select: { receivedAt: true },
  })
  return oldest !== null && Date.now() - oldest.receivedAt.getTime() > LATE_AFTER_MS
}
