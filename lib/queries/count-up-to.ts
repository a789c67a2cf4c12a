import { db, Prisma } from '@/lib/db'

/** How many rows there are; `exact` is false when counting stopped at the limit: "at least". */
export type BoundedCount = { count: number; exact: boolean }

/**
 * Counts the rows of a query, but not further than `limit`, so that no table is ever too large to count.
 *
 * @param rows A SELECT without LIMIT.
 */
export async function countUpTo(limit: number, rows: Prisma.Sql): Promise<BoundedCount> {
  const [found] = await db().$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (${rows} LIMIT ${limit + 1}) counted`
  const count = found?.count ?? 0
  return { count: Math.min(count, limit), exact: count <= limit }
}
