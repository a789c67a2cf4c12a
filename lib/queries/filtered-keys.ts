import { db, Prisma } from '@/lib/db'
import type { PagePosition } from '@/lib/pagination'
import { countUpTo, type BoundedCount } from './count-up-to'
import { KEYS, keysOrder, keysPage, type ListSort } from './keys-page'

const MATCH_LIMIT = 10_000
const ROWS_WALKED = 2_000

const TABLES = {
  partnership: { name: Prisma.sql`partnership`, columns: Prisma.sql`${KEYS}, search_text` },
  contact: {
    name: Prisma.sql`contact`,
    columns: Prisma.sql`${KEYS}, search_text, partnership_uuid`,
  },
}

type Request = {
  table: keyof typeof TABLES
  sort: ListSort
  position: PagePosition
  /** SQL on the keys and `search_text`, of contacts also `partnership_uuid`; null for all rows. */
  filter: Prisma.Sql | null
  limit: number
}

/** The keys of a page as a query, and how many rows of the whole list match its filter. */
export type FilteredKeys = { keys: Prisma.Sql; matches: BoundedCount | null }

/**
 * The keys of one page of a filtered list. The planner takes matches to be spread evenly over the list's
 * order and would walk all of it for a name that stands at its end. So it is not asked: when a short walk
 * meets enough matches, they are the page; else all matches are found through the filter's own index and
 * sorted.
 *
 * @throws InvalidAddressError when the cursor is not one of this list.
 */
export async function filteredKeys(request: Request): Promise<FilteredKeys> {
  const { sort, position, filter, limit } = request
  const { name, columns } = TABLES[request.table]
  const all = Prisma.sql`TRUE`
  if (!filter) {
    return { keys: keysPage({ from: name, condition: all, sort, position, limit }), matches: null }
  }
  const near = keysPage({
    from: name,
    condition: all,
    sort,
    position,
    limit: ROWS_WALKED,
    columns,
  })
  const met = Prisma.sql`
    SELECT ${KEYS} FROM (${near}) near WHERE ${filter}
    ORDER BY ${keysOrder({ sort, position })} LIMIT ${limit}`
  const [matches, [found]] = await Promise.all([
    countUpTo(MATCH_LIMIT, Prisma.sql`SELECT 1 FROM ${name} WHERE ${filter}`),
    db().$queryRaw<{ count: number }[]>`SELECT count(*)::int AS count FROM (${met}) met`,
  ])
  if (found?.count === limit) return { keys: met, matches }
  const sorted = keysPage({ from: Prisma.sql`matches`, condition: all, sort, position, limit })
  const keys = Prisma.sql`
    WITH matches AS MATERIALIZED (SELECT ${KEYS} FROM ${name} WHERE ${filter}) ${sorted}`
  return { keys, matches }
}
