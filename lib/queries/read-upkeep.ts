import { z } from 'zod'
import { requireUser } from '@/lib/auth/current-user'
import { db } from '@/lib/db'
import type { ReplayStatus } from '@/lib/generated/prisma/enums'
import { PROJECTOR_VERSION } from '@/lib/projections/projector-version'

export type UpkeepRun = {
  id: string
  kind: 'rebuild' | 'parity'
  status: ReplayStatus
  actor: string
  createdAt: Date
  /** Null until the events have been counted. */
  total: number | null
  done: number
  /** Rows, of a finished check. */
  compared: number | null
  differences: number | null
  errorMessage: string | null
}

/** A row that stands otherwise than the log says. */
export type Difference = {
  table: string
  key: string
  kind: 'added' | 'changed' | 'removed'
  fields: { name: string; before: string | null; after: string | null }[]
}

export type Upkeep = {
  /** The newest runs, the newest first. */
  runs: UpkeepRun[]
  /** Whether rows were written by older projections than this code's. */
  isOutdated: boolean
  /** The first differences of the latest check, where it found any. */
  differences: Difference[]
}

const RUNS = 10
const DIFFERENCES = 50

const FIELDS = z.array(
  z.object({ name: z.string(), before: z.string().nullable(), after: z.string().nullable() }),
)

/**
 * The latest rebuilds and checks of parity, and whether a rebuild is due.
 *
 * @throws UnauthenticatedError without a signed-in user.
 */
export async function readUpkeep(): Promise<Upkeep> {
  await requireUser()
  const [runs, finished, oldest] = await Promise.all([
    db().replayRun.findMany({
      where: { kind: { in: ['rebuild', 'parity'] } },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: RUNS,
    }),
    db().replayRun.findFirst({
      where: { kind: 'rebuild', status: 'finished' },
      orderBy: { finishedAt: 'desc' },
      select: { report: true },
    }),
    // The first event ever projected tells which projections began this read model, without reading its tables.
    db().webhookEvent.findFirst({
      where: { status: 'applied' },
      orderBy: { seq: 'asc' },
      select: { projectorVersion: true },
    }),
  ])
  const rebuiltWith = numberIn(finished?.report, 'projectorVersion')
  const version = rebuiltWith ?? oldest?.projectorVersion ?? PROJECTOR_VERSION
  const latest = runs.find(({ kind, status }) => kind === 'parity' && status === 'finished')
  return {
    differences: latest ? await listDifferences(latest.id) : [],
    isOutdated: version < PROJECTOR_VERSION,
    runs: runs.map(({ id, kind, status, actor, createdAt, total, done, report, errorMessage }) => ({
      id,
      kind: kind === 'rebuild' ? 'rebuild' : 'parity',
      status,
      actor,
      createdAt,
      total: total === null ? null : Number(total),
      done: Number(done),
      compared: numberIn(report, 'compared'),
      differences: numberIn(report, 'differences'),
      errorMessage,
    })),
  }
}

async function listDifferences(runId: string): Promise<Difference[]> {
  const rows = await db().replayChange.findMany({
    where: { runId },
    orderBy: { number: 'asc' },
    take: DIFFERENCES,
    select: { tableName: true, key: true, kind: true, fields: true },
  })
  return rows.map(({ tableName, key, kind, fields }) => ({
    table: tableName,
    key: Object.values(z.record(z.string(), z.string()).parse(key)).join(' · '),
    kind,
    fields: FIELDS.parse(fields),
  }))
}

function numberIn(report: unknown, name: string): number | null {
  const value: unknown =
    typeof report === 'object' && report !== null ? Reflect.get(report, name) : null
  return typeof value === 'number' ? value : null
}
