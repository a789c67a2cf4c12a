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

export type Upkeep = {
  /** The newest runs, the newest first. */
  runs: UpkeepRun[]
  /** Whether rows were written by older projections than this code's. */
  isOutdated: boolean
}

const RUNS = 10
// What may have written rows of which nothing is noted.
const FIRST_VERSION = 1

/**
 * The latest rebuilds and checks of parity, and whether a rebuild is due.
 *
 * @throws UnauthenticatedError without a signed-in user.
 */
export async function readUpkeep(): Promise<Upkeep> {
  await requireUser()
  const [runs, version] = await Promise.all([listRuns(), versionOfRows()])
  return { isOutdated: version < PROJECTOR_VERSION, runs }
}

// Reports are long texts: only what is shown of them is read.
async function listRuns(): Promise<UpkeepRun[]> {
  const rows = await db().$queryRaw<
    (Omit<UpkeepRun, 'total' | 'done'> & { total: bigint | null; done: bigint })[]
  >`
    SELECT id::text, kind::text, status::text, actor, created_at AS "createdAt", total, done,
      (report ->> 'compared')::float8 AS compared, (report ->> 'differences')::float8 AS differences,
      error_message AS "errorMessage"
    FROM replay_run
    WHERE kind IN ('rebuild', 'parity')
    ORDER BY created_at DESC, id DESC
    LIMIT ${RUNS}`
  return rows.map((row) => ({
    ...row,
    total: row.total === null ? null : Number(row.total),
    done: Number(row.done),
  }))
}

// Kept by rebuilds and checks: the rows themselves have no index by it, and reading them all takes its time.
async function versionOfRows(): Promise<number> {
  const lowest = await db().readModelVersion.findFirst({ select: { projectorVersion: true } })
  return lowest?.projectorVersion ?? FIRST_VERSION
}
