import { db } from '@/lib/db'
import type { ReplayStatus } from '@/lib/generated/prisma/enums'
import { RunNotFoundError } from './replay-run'

export type RunState = {
  id: string
  status: ReplayStatus
  /** Nobody will work on it any more. */
  isOver: boolean
  /** Null until the events have been counted. */
  total: number | null
  done: number
  changed: number
  unchanged: number
  failed: number
  /** Rows whose totals it has put right: no event writes them. */
  righted: number
  /** Why it could not go on, or is over. */
  errorMessage: string | null
}

/**
 * How far a run is, for whoever waits for it.
 *
 * @throws RunNotFoundError when there is none with this id.
 */
export async function readRunState(id: string): Promise<RunState> {
  const run = await db().replayRun.findUnique({
    where: { id },
    select: {
      id: true,
      status: true,
      total: true,
      done: true,
      changed: true,
      unchanged: true,
      failed: true,
      righted: true,
      errorMessage: true,
    },
  })
  if (!run) throw new RunNotFoundError()
  return {
    id: run.id,
    status: run.status,
    isOver: ['finished', 'cancelled', 'failed'].includes(run.status),
    total: run.total === null ? null : Number(run.total),
    done: Number(run.done),
    changed: Number(run.changed),
    unchanged: Number(run.unchanged),
    failed: Number(run.failed),
    righted: Number(run.righted),
    errorMessage: run.errorMessage,
  }
}
