import { db, Prisma } from '@/lib/db'
import type { PagePosition } from '@/lib/pagination'
import { countUpTo, type BoundedCount } from './count-up-to'
import { keysOrder, keysPage, RECORD_IDS, type ListIds, type ListSort } from './keys-page'

const MATCH_LIMIT = 10_000
const ROWS_WALKED = 2_000

type SearchedList = {
  /** Has the ids, `sort_key` and `occurred_at`, by which it is walked, and the columns of its filters. */
  rows: Prisma.Sql
  ids: ListIds
  columns: Prisma.Sql
  /** SQL for those of its rows that anybody may see. */
  shown: Prisma.Sql
}

const ALL = Prisma.sql`TRUE`

// Subqueries that only rename are pulled up: the indexes of their tables serve them.
const LISTS = {
  room: {
    rows: Prisma.sql`(
      SELECT company_uuid, uuid, '' AS sort_key, sort_at AS occurred_at, partnership_uuid,
        partner_type, attachment_count
      FROM room
    ) room`,
    ids: RECORD_IDS,
    columns: Prisma.sql`company_uuid, uuid, sort_key, occurred_at, partnership_uuid,
      partner_type, attachment_count`,
    shown: ALL,
  },
} satisfies Record<string, SearchedList>

type ListName = keyof typeof LISTS

type Request = {
  list: ListName
  sort: ListSort
  position: PagePosition
  /** SQL on the columns of the list; null for all rows. */
  filter: Prisma.Sql | null
  limit: number
}

/** The ids of a list's rows, by which `keysOrder` sorts them. */
export function idsOf(list: ListName): ListIds {
  return LISTS[list].ids
}

/**
 * The keys of one page of a filtered list, as a query. The planner takes matches to be spread evenly over
 * the list's order and would walk all of it for a name that stands at its end. So it is not asked: when a
 * short walk meets enough matches, or the end of the list, they are the page; else all matches are found
 * through the filter's own index and sorted.
 *
 * @throws InvalidAddressError when the cursor is not one of this list.
 */
export async function filteredKeys(request: Request): Promise<Prisma.Sql> {
  const { sort, position, filter, limit } = request
  const { rows, ids, columns, shown } = LISTS[request.list]
  const place = { sort, position, ids }
  if (!filter) return keysPage({ ...place, from: rows, condition: shown, limit })
  const walked = { ...place, from: rows, condition: ALL, limit: ROWS_WALKED }
  const keys = Prisma.sql`${Prisma.raw(ids.join(', '))}, sort_key, occurred_at`
  const near = Prisma.sql`
    SELECT ${keys} FROM (${keysPage({ ...walked, columns })}) near
    WHERE ${shown} AND ${filter}
    ORDER BY ${keysOrder(place)} LIMIT ${limit}`
  const [found] = await db().$queryRaw<{ suffices: boolean }[]>`
    SELECT (SELECT count(*) FROM (${near}) met) = ${limit}
      OR (SELECT count(*) FROM (${keysPage(walked)}) walked) < ${ROWS_WALKED} AS suffices`
  if (found?.suffices) return near
  return Prisma.sql`
    WITH matches AS MATERIALIZED (SELECT ${keys} FROM ${rows} WHERE ${shown} AND ${filter})
    ${keysPage({ ...place, from: Prisma.sql`matches`, condition: ALL, limit })}`
}

/** How many rows of the whole list match; null when there is no filter. */
export async function countMatches(
  list: ListName,
  filter: Prisma.Sql | null,
): Promise<BoundedCount | null> {
  if (!filter) return null
  const { rows, shown } = LISTS[list]
  return countUpTo(MATCH_LIMIT, Prisma.sql`SELECT 1 FROM ${rows} WHERE ${shown} AND ${filter}`)
}
