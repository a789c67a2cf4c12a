import { requireUser } from '@/lib/auth/current-user'
import { db, Prisma } from '@/lib/db'
import type { ReplayKind, ReplayStatus } from '@/lib/generated/prisma/enums'
import type { DryRunReport } from '@/lib/replay/dry-run-report'
import { isEventId } from '@/lib/schemas/is-event-id'
import { readCheckReport, type CheckReport } from './read-check-report'

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
  /** The check of parity whose findings it repairs. */
  repairOfId: string | null
  /** Null until the events have been counted. */
  total: number | null
  done: number
  changed: number
  unchanged: number
  failed: number
  /** Rows whose totals a replay has put right. */
  righted: number
  eventsPerSecond: number | null
  secondsLeft: number | null
  /** Seconds since a worker last said that it is at it; null where none should be. */
  silentFor: number | null
  /** What keeps it from getting on, as a sentence; null where nothing does. */
  waitsFor: string | null
  errorMessage: string | null
  createdAt: Date
  startedAt: Date | null
  finishedAt: Date | null
  /** What a dry run has foretold. */
  report: DryRunReport | null
  /** What a check of parity has found. */
  check: CheckReport | null
  /** What a rebuild or a check is at, or was when it broke off. */
  stage: string | null
}

/** What lists of runs tell of one. */
export type ReplayRunSummary = Omit<ReplayRunDetail, 'report' | 'waitsFor' | 'check' | 'stage'>

const COLUMNS = {
  id: true,
  kind: true,
  status: true,
  actor: true,
  filter: true,
  retryOfId: true,
  repairOfId: true,
  total: true,
  done: true,
  changed: true,
  unchanged: true,
  failed: true,
  righted: true,
  activeMs: true,
  errorMessage: true,
  createdAt: true,
  startedAt: true,
  heartbeatAt: true,
  finishedAt: true,
} as const

const NOBODY_WORKS = 'No running Waggle works on it: it begins when one is started.'

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
    select: { ...COLUMNS, report: true, nextTryAt: true },
  })
  if (!run) return null
  const { report, nextTryAt, ...row } = run
  const foretold = run.kind === 'dry_run' ? (report as unknown as DryRunReport | null) : null
  return {
    ...describeRun(row, new Date()),
    waitsFor: await findWhatItWaitsFor({ ...row, report, nextTryAt }),
    report: foretold,
    check: run.kind === 'parity' && run.status === 'finished' ? readCheckReport(report) : null,
    stage: stageIn(report),
  }
}

const GROUPS: Record<ReplayKind, ReplayKind[]> = {
  replay: ['replay'],
  dry_run: ['dry_run'],
  rebuild: ['rebuild', 'parity'],
  parity: ['rebuild', 'parity'],
}

async function findWhatItWaitsFor(
  run: Pick<Row, 'id' | 'kind' | 'status' | 'createdAt'> & {
    report: unknown
    nextTryAt: Date | null
  },
): Promise<string | null> {
  if (run.status === 'running' && stageIn(run.report) === 'waiting') {
    return 'It waits for a long query that reads the dashboard’s tables.'
  }
  if (run.status !== 'queued' && run.nextTryAt === null) return null
  if (!['queued', 'running'].includes(run.status)) return null
  if (!(await isAnybodyAtWork())) return NOBODY_WORKS
  if (run.nextTryAt !== null) return 'It is tried again within a minute.'
  const ahead = await db().replayRun.findFirst({
    where: {
      kind: { in: GROUPS[run.kind] },
      OR: [
        { status: 'running', nextTryAt: null },
        { status: 'queued', createdAt: { lt: run.createdAt } },
      ],
      id: { not: run.id },
    },
    select: { id: true },
  })
  return ahead ? 'It begins when those before it have ended.' : null
}

// The process that works on runs is the one that projects, and it listens for what is to be projected.
async function isAnybodyAtWork(): Promise<boolean> {
  const rows = await db().$queryRaw<unknown[]>`
    SELECT FROM pg_stat_activity
    WHERE datname = current_database() AND query = 'LISTEN waggle_pending'
    LIMIT 1`
  return rows.length > 0
}

/** What every list of runs shows of one. */
export function describeRun(
  { activeMs, heartbeatAt, filter, total, done, changed, unchanged, failed, righted, ...run }: Row,
  now: Date,
): ReplayRunSummary {
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
    righted: Number(righted),
    eventsPerSecond,
    secondsLeft:
      isRunning && left !== null && eventsPerSecond ? Math.ceil(left / eventsPerSecond) : null,
    silentFor:
      isRunning && heartbeatAt
        ? Math.max(0, (now.getTime() - heartbeatAt.getTime()) / 1_000)
        : null,
  }
}

function stageIn(report: unknown): string | null {
  const stage: unknown =
    typeof report === 'object' && report !== null ? Reflect.get(report, 'stage') : null
  return typeof stage === 'string' ? stage : null
}

/** The columns that `describeRun` needs. */
export const RUN_COLUMNS = COLUMNS
