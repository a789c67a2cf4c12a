import { db, Prisma } from '@/lib/db'
import type { PagePosition } from '@/lib/pagination'
import { decodeTimeCursor } from './time-cursor'

const ROWS_WALKED = 2_000

const KEYS = Prisma.sql`company_uuid, uuid, sort_at`

type Request = {
  position: PagePosition
  /** SQL on the columns of `room`; null for all rooms. */
  filter: Prisma.Sql | null
  limit: number
}

/**
 * The keys of one page of rooms, the one with the latest activity first, as a query; before a cursor they
 * come backwards, as `toPage` expects. The planner takes matches to be spread evenly over the order and
 * would walk all of it for a name that stands at its end. So it is not asked: when a short walk meets
 * enough matches, or the last room, they are the page; else all matches are found through the filter's
 * own index and sorted.
 *
 * @throws InvalidAddressError when the cursor is not one of this list.
 */
export async function roomKeys({ position, filter, limit }: Request): Promise<Prisma.Sql> {
  const walk = (from: Prisma.Sql, most: number, columns = KEYS) =>
    walkFrom(from, position, most, columns)
  const rooms = Prisma.sql`room`
  if (!filter) return walk(rooms, limit)
  const near = Prisma.sql`
    SELECT ${KEYS} FROM (${walk(rooms, ROWS_WALKED, Prisma.sql`*`)}) near
    WHERE ${filter} ORDER BY ${roomOrder(position)} LIMIT ${limit}`
  const [found] = await db().$queryRaw<{ suffices: boolean }[]>`
    SELECT (SELECT count(*) FROM (${near}) met) = ${limit}
      OR (SELECT count(*) FROM (${walk(rooms, ROWS_WALKED)}) walked) < ${ROWS_WALKED} AS suffices`
  if (found?.suffices) return near
  return Prisma.sql`
    WITH matches AS MATERIALIZED (SELECT ${KEYS} FROM room WHERE ${filter})
    ${walk(Prisma.sql`matches`, limit)}`
}

/**
 * The ORDER BY that belongs to `roomKeys`, for the query around it: as the index has it, the newest first
 * and at the same moment the ids upwards.
 *
 * @param of The alias of the keys with its dot, where their names alone would be ambiguous.
 */
export function roomOrder(position: PagePosition, of: Prisma.Sql = Prisma.empty): Prisma.Sql {
  const backwards = position.before !== undefined
  const [time, ids] = backwards ? ['ASC', 'DESC'] : ['DESC', 'ASC']
  return Prisma.sql`${of}sort_at ${Prisma.raw(time)}, ${of}company_uuid ${Prisma.raw(ids)},
    ${of}uuid ${Prisma.raw(ids)}`
}

// Rooms of the cursor's very moment and rooms beyond it are two walks along one index: a condition with OR
// would read all of that moment again for every page.
function walkFrom(from: Prisma.Sql, position: PagePosition, limit: number, columns: Prisma.Sql) {
  const order = roomOrder(position)
  const walk = (range: Prisma.Sql) => Prisma.sql`
    SELECT ${columns} FROM ${from} WHERE ${range} ORDER BY ${order} LIMIT ${limit}`
  const cursor = position.before ?? position.after
  if (cursor === undefined) return walk(Prisma.sql`TRUE`)
  const { time, texts } = decodeTimeCursor(cursor, 2)
  const ids = Prisma.join(texts)
  const [tie, beyond] =
    position.before === undefined
      ? [Prisma.sql`(company_uuid, uuid) > (${ids})`, Prisma.sql`sort_at < ${time}`]
      : [Prisma.sql`(company_uuid, uuid) < (${ids})`, Prisma.sql`sort_at > ${time}`]
  return Prisma.sql`
    SELECT ${columns} FROM (
      (${walk(Prisma.sql`sort_at = ${time} AND ${tie}`)}) UNION ALL (${walk(beyond)})) walks
    ORDER BY ${order} LIMIT ${limit}`
}
