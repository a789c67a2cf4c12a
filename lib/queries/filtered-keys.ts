import { Prisma } from '@/lib/db'
import type { PagePosition } from '@/lib/pagination'
import { countUpTo, type BoundedCount } from './count-up-to'
import { KEYS, keysPage, type ListSort } from './keys-page'

const MATCH_LIMIT = 10_000

type Request = {
  table: 'partnership' | 'contact'
  sort: ListSort
  position: PagePosition
  /** SQL on the table's columns; null for all of its rows. */
  filter: Prisma.Sql | null
  limit: number
}

/** The keys of a page as a query, and how many rows of the whole list match its filter. */
export type FilteredKeys = { keys: Prisma.Sql; matches: BoundedCount | null }

/**
 * The keys of one page of a filtered list. The planner takes matches to be spread evenly over the list's
 * order and would walk all of it for a name that stands at its end. So it is not asked: few matches are
 * found through the filter's own index and then sorted; many are met soon enough by walking.
 *
 * @throws InvalidAddressError when the cursor is not one of this list.
 */
export async function filteredKeys(request: Request): Promise<FilteredKeys> {
  const { sort, position, filter, limit } = request
  const table = request.table === 'partnership' ? Prisma.sql`partnership` : Prisma.sql`contact`
  const all = Prisma.sql`TRUE`
  if (!filter) {
    return { keys: keysPage({ from: table, condition: all, sort, position, limit }), matches: null }
  }
  const walking = keysPage({ from: table, condition: filter, sort, position, limit })
  const matches = await countUpTo(MATCH_LIMIT, Prisma.sql`SELECT 1 FROM ${table} WHERE ${filter}`)
  if (!matches.exact) return { keys: walking, matches }
  const sorted = keysPage({ from: Prisma.sql`matches`, condition: all, sort, position, limit })
  const keys = Prisma.sql`
    WITH matches AS MATERIALIZED (SELECT ${KEYS} FROM ${table} WHERE ${filter}) ${sorted}`
  return { keys, matches }
}
