import { Prisma } from '@/lib/db'
import type { PagePosition } from '@/lib/pagination'
import { decodePosition } from './list-address'

/** The orders of a list: by folded name or by time of the last change; "-" turns it round. */
export type ListSort = 'name' | '-name' | 'changed' | '-changed'

type Request = {
  /** The table, or a query's name, to take them from. */
  from: Prisma.Sql
  sort: ListSort
  position: PagePosition
  /** SQL on its columns. */
  condition: Prisma.Sql
  limit: number
  /** What to select; the keys unless said otherwise. */
  columns?: Prisma.Sql
}

/** The columns that it selects, and that a query in `from` must have. */
export const KEYS = Prisma.sql`company_uuid, uuid, sort_key, occurred_at`

/**
 * The keys of one page of a list, as a query that walks the index of its order from the cursor on and
 * stops after `limit` rows, however deep the page lies. Before a cursor the walk, and so the rows, go
 * backwards, as `toPage` expects.
 *
 * @throws InvalidAddressError when the cursor is not one of a list in this order.
 */
export function keysPage(request: Request): Prisma.Sql {
  return request.sort.endsWith('name') ? byName(request) : byChange(request)
}

/**
 * The ORDER BY that belongs to `keysPage`, for the query around it.
 *
 * @param of The alias of the keys with its dot, where their names alone would be ambiguous.
 */
export function keysOrder(
  { sort, position }: Pick<Request, 'sort' | 'position'>,
  of: Prisma.Sql = Prisma.empty,
): Prisma.Sql {
  const descending = sort.startsWith('-') !== (position.before !== undefined)
  if (sort.endsWith('name')) {
    return descending
      ? Prisma.sql`${of}sort_key DESC, ${of}company_uuid DESC, ${of}uuid DESC`
      : Prisma.sql`${of}sort_key, ${of}company_uuid, ${of}uuid`
  }
  // As the index has it: the newest first, and at the same moment the ids upwards.
  return descending
    ? Prisma.sql`${of}occurred_at DESC, ${of}company_uuid, ${of}uuid`
    : Prisma.sql`${of}occurred_at, ${of}company_uuid DESC, ${of}uuid DESC`
}

function byName({ from, sort, position, condition, limit, columns }: Request): Prisma.Sql {
  const { key, backwards } = decodePosition(position, 'text')
  const beyond = sort.startsWith('-') !== backwards ? Prisma.sql`<` : Prisma.sql`>`
  const where = key
    ? Prisma.sql`${condition} AND (sort_key, company_uuid, uuid) ${beyond} (${Prisma.join(key)})`
    : condition
  return walk({ from, where, order: keysOrder({ sort, position }), limit, columns })
}

// Rows of the cursor's very moment and rows beyond it are two walks along one index. Tokens count whole
// seconds, so that an import leaves thousands of rows of one moment: a condition with OR would read all
// of them again for every page.
function byChange({ from, sort, position, condition, limit, columns = KEYS }: Request): Prisma.Sql {
  const { key, backwards } = decodePosition(position, 'time')
  const order = keysOrder({ sort, position })
  if (!key) return walk({ from, where: condition, order, limit, columns })
  const [moment, ...ids] = key
  const newestFirst = sort.startsWith('-') !== backwards
  const sameMoment = newestFirst
    ? Prisma.sql`(company_uuid, uuid) > (${Prisma.join(ids)})`
    : Prisma.sql`(company_uuid, uuid) < (${Prisma.join(ids)})`
  const beyond = newestFirst
    ? Prisma.sql`occurred_at < ${moment}`
    : Prisma.sql`occurred_at > ${moment}`
  const ties = Prisma.sql`${condition} AND occurred_at = ${moment} AND ${sameMoment}`
  const rest = Prisma.sql`${condition} AND ${beyond}`
  return Prisma.sql`
    SELECT ${columns} FROM (
      (${walk({ from, where: ties, order, limit, columns })})
      UNION ALL
      (${walk({ from, where: rest, order, limit, columns })})
    ) walks ORDER BY ${order} LIMIT ${limit}`
}

type Walk = {
  from: Prisma.Sql
  where: Prisma.Sql
  order: Prisma.Sql
  limit: number
  columns?: Prisma.Sql
}

function walk({ from, where, order, limit, columns = KEYS }: Walk): Prisma.Sql {
  return Prisma.sql`SELECT ${columns} FROM ${from} WHERE ${where} ORDER BY ${order} LIMIT ${limit}`
}
