import { db, Prisma } from '@/lib/db'
import { sqlStateOf } from '@/lib/sql-state'

// Longer than that nobody waits for a number that may change until it is used.
const PATIENCE_MS = 2_000
const QUERY_CANCELED = '57014'

/**
 * How many events pass a condition, for a page that shows it before something is begun: counted up to `most`, and only
 * as long as a page may wait.
 *
 * @param condition SQL on `webhook_event e`.
 * @returns Null when it would take longer.
 */
export async function countQuickly(
  condition: Prisma.Sql,
  most: number,
  patienceMs: number = PATIENCE_MS,
): Promise<{ count: number; exact: boolean } | null> {
  try {
    const [, [row]] = await db().$transaction([
      db().$executeRaw(Prisma.raw(`SET LOCAL statement_timeout = ${Math.ceil(patienceMs)}`)),
      db().$queryRaw<{ count: number }[]>`
        SELECT count(*)::int AS count FROM (
          SELECT FROM webhook_event e WHERE ${condition} LIMIT ${most + 1}) found`,
    ])
    const count = row?.count ?? 0
    return { count: Math.min(count, most), exact: count <= most }
  } catch (error) {
    if (sqlStateOf(error) !== QUERY_CANCELED) throw error
    return null
  }
}
