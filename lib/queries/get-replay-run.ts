import { requireUser } from '@/lib/auth/current-user'
import { db, Prisma } from '@/lib/db'
import type { ReplayKind, ReplayStatus } from '@/lib/generated/prisma/enums'
import type { DryRunReport } from '@/lib/replay/dry-run-report'
import { isEventId } from '@/lib/schemas/is-event-id'

export type { DryRunReport }

/** A run, its outcome so far, and how fast it gets on. */
export type ReplayRunDetail = {
  id: string
  kind: ReplayKind
  status: ReplayStatus
  actor: string
  /** The stored filter: texts by the names that addresses have for them. */
  filter: Record<string, string[]>
  retryOfId: string | null
  /** Null until the events have been counted. */
  total: number | null
  done: number
  changed: number
  unchanged: number
  failed: number
  eventsPerSecond: number | null
  secondsLeft: number | null
  /** Seconds since a worker last said that it is at it; null where none should be. */
  silentFor: number | null
  errorMessage: string | null
  createdAt: Date
  startedAt: Date | null
  finishedAt: Date | null
  /** What a dry run has foretold. */
  report: DryRunReport | null
}

const COLUMNS = {
  id: true,
  kind: true,
  status: true,
  actor: true,
  filter: true,
  retryOfId: true,
  total: true,
  done: true,
  changed: true,
  unchanged: true,
  failed: true,
  activeMs: true,
  errorMessage: true,
  createdAt: true,
  startedAt: true,
  heartbeatAt: true,
  finishedAt: true,
} as const

type Row = Prisma.ReplayRunGetPayload<{ select: typeof COLUMNS }>

/**
 * One run; null when there is none with this id.
 *
 * @throws UnauthenticatedError without a signed-in user.
 */
export async function getReplayRun(id: string): Promise<ReplayRunDetail | null> {
  await requireUser()
  if (!isEventId(id)) return null
  const run = await db().replayRun.findUnique({
    where: { id },
    select: { ...COLUMNS, report: true },
  })
  if (!run) return null
  const { report, ...row } = run
  const foretold = run.kind === 'dry_run' ? (report as unknown as DryRunReport | null) : null
  return { ...describeRun(row, new Date()), report: foretold }
}

/** What every list of runs shows of one. */
export function describeRun(
  { activeMs, heartbeatAt, filter, total, done, changed, unchanged, failed, ...run }: Row,
  now: Date,
): Omit<ReplayRunDetail, 'report'> {
  const spentMs =
    run.kind === 'dry_run' && run.startedAt
      ? (run.finishedAt ?? heartbeatAt ?? now).getTime() - run.startedAt.getTime()
      : Number(activeMs)
  const eventsPerSecond = spentMs > 0 && done > 0n ? (Number(done) * 1_000) / spentMs : null
  const isRunning = run.status === 'running'
  const left = total === null ? null : Math.max(0, Number(total - done))
  return {
    ...run,
    filter: filter as Record<string, string[]>,
    total: total === null ? null : Number(total),
    done: Number(done),
    changed: Number(changed),
    unchanged: Number(unchanged),
    failed: Number(failed),
    eventsPerSecond,
    secondsLeft:
      isRunning && left !== null && eventsPerSecond ? Math.ceil(left / eventsPerSecond) : null,
    silentFor:
      isRunning && heartbeatAt
        ? Math.max(0, (now.getTime() - heartbeatAt.getTime()) / 1_000)
        : null,
  }
}

/** The columns that `describeRun` needs. */
export const RUN_COLUMNS = COLUMNS
