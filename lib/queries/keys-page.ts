import { Prisma } from '@/lib/db'
import type { PagePosition } from '@/lib/pagination'
import { decodePosition } from './list-address'

/** The orders of a list: by folded name or by time, of the last change mostly; "-" turns it round. */
export type ListSort = 'name' | '-name' | 'changed' | '-changed'

/** The columns that tell rows of one name or moment apart, in the order of the list's index. */
export type ListIds = readonly string[]

export const RECORD_IDS: ListIds = ['company_uuid', 'uuid']

type Request = {
  /** The table, or a query's name, to take them from. */
  from: Prisma.Sql
  sort: ListSort
  position: PagePosition
  /** RECORD_IDS unless said otherwise. */
  ids?: ListIds
  /** SQL on its columns. */
  condition: Prisma.Sql
  limit: number
  /** What to select; the keys (the ids, `sort_key` and `occurred_at`) unless said otherwise. */
  columns?: Prisma.Sql
}

/**
 * The keys of one page of a list, as a query that walks the index of its order from the cursor on and
 * stops after `limit` rows, however deep the page lies. Before a cursor the walk, and so the rows, go
 * backwards, as `toPage` expects.
 *
 * @throws InvalidAddressError when the cursor is not one of a list in this order.
 */
export function keysPage(request: Request): Prisma.Sql {
  const { sort, position, ids = RECORD_IDS, limit } = request
  const order = keysOrder({ sort, position, ids })
  const columns = request.columns ?? Prisma.sql`${names(ids)}, sort_key, occurred_at`
  const walks = rangesOf({ sort, position, ids }).map(
    (range) => Prisma.sql`
      SELECT ${columns} FROM ${request.from} WHERE ${request.condition} AND ${range}
      ORDER BY ${order} LIMIT ${limit}`,
  )
  const [first, ...others] = walks
  if (first && others.length === 0) return first
  return Prisma.sql`
    SELECT ${columns} FROM ((${Prisma.join(walks, ') UNION ALL (')})) walks
    ORDER BY ${order} LIMIT ${limit}`
}

type Place = Pick<Request, 'sort' | 'position' | 'ids'>

/**
 * The ORDER BY that belongs to `keysPage`, for the query around it.
 *
 * @param of The alias of the keys with its dot, where their names alone would be ambiguous.
 */
export function keysOrder(place: Place, of: Prisma.Sql = Prisma.empty): Prisma.Sql {
  const { sort, ids = RECORD_IDS } = place
  const descending = runsDown(place)
  const column = (name: string, down: boolean) =>
    Prisma.sql`${of}${Prisma.raw(down ? `${name} DESC` : name)}`
  // As the indexes have it: by time the newest first, and at the same moment the ids upwards.
  return sort.endsWith('name')
    ? Prisma.join(['sort_key', ...ids].map((name) => column(name, descending)))
    : Prisma.join([
        column('occurred_at', descending),
        ...ids.map((name) => column(name, !descending)),
      ])
}

// Rows of the cursor's very moment and rows beyond it are two walks along one index. Tokens count whole
// seconds, so that an import leaves thousands of rows of one moment: a condition with OR would read all
// of them again for every page.
function rangesOf(place: Place): Prisma.Sql[] {
  const { sort, position, ids = RECORD_IDS } = place
  const isByName = sort.endsWith('name')
  const key = decodePosition(position, isByName ? 'text' : 'time', ids.length)
  if (!key) return [Prisma.sql`TRUE`]
  const descending = runsDown(place)
  const [beyond, beyondTie] = descending
    ? [Prisma.sql`<`, Prisma.sql`>`]
    : [Prisma.sql`>`, Prisma.sql`<`]
  if (isByName) {
    return [Prisma.sql`(sort_key, ${names(ids)}) ${beyond} (${Prisma.join(key)})`]
  }
  const [moment, ...texts] = key
  return [
    Prisma.sql`occurred_at = ${moment} AND (${names(ids)}) ${beyondTie} (${Prisma.join(texts)})`,
    Prisma.sql`occurred_at ${beyond} ${moment}`,
  ]
}

function runsDown({ sort, position }: Place): boolean {
  return sort.startsWith('-') !== (position.before !== undefined)
}

function names(ids: ListIds): Prisma.Sql {
  return Prisma.raw(ids.join(', '))
}
