import type { Transaction } from '@/lib/db'
import type { ListName } from '@/lib/list-view/list-view'
import type { BoundedCount } from '../count-up-to'
import { conjunction, EVERY_ROW } from './key-order'
import type { ListTable } from './list-table'

const COUNT_LIMIT = 100_000

// What is counted in no time is never out of date.
const KEPT_FROM = 10_000
const TIMES_ITS_COST = 100
const MAX_KEPT_MS = 10_000

const kept = new Map<ListName, { total: BoundedCount; until: number }>()

/**
 * How many rows a list has that anybody may see, up to 100,000. A count of more than 10,000 is kept for a
 * hundred times as long as it took, ten seconds at most: otherwise it is most of what a page costs.
 */
export async function countTotal(
  tx: Transaction,
  { name, table, shown }: ListTable,
): Promise<BoundedCount> {
  const known = kept.get(name)
  const askedAt = performance.now()
  if (known && askedAt < known.until) return known.total
  const [found] = await tx.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (
      SELECT 1 FROM ${table} r WHERE ${conjunction([EVERY_ROW, shown])}
      LIMIT ${COUNT_LIMIT + 1}) counted`
  const count = found?.count ?? 0
  const total = { count: Math.min(count, COUNT_LIMIT), exact: count <= COUNT_LIMIT }
  kept.delete(name)
  if (count > KEPT_FROM) {
    const cost = performance.now() - askedAt
    const until = performance.now() + Math.min(MAX_KEPT_MS, TIMES_ITS_COST * cost)
    kept.set(name, { total, until })
  }
  return total
}
