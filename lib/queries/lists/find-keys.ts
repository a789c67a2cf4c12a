import { Prisma, type Transaction } from '@/lib/db'
import type { PagePosition } from '@/lib/pagination'
import type { BoundedCount } from '../count-up-to'
import { decodeListCursor, type ListKey } from './list-cursor'
import type { ListTable } from './list-table'
import type { KeyKind, Run, SortSource } from './sort-source'

export const MATCH_LIMIT = 10_000
const ROWS_WALKED = 2_000

/** A list as it is to be read. Conditions are SQL on its rows `r`; null for none. */
export type ListPlan = {
  table: ListTable
  source: SortSource
  descending: boolean
  condition: Prisma.Sql | null
}

/** Where to read on: beyond a row, upwards or downwards in the order of the index. */
type Place = { cursor: ListKey | null; down: boolean; backwards: boolean }

type Found = { keys: ListKey[]; matches: BoundedCount | null }

/**
 * The keys of one page, in list order, or backwards before a cursor, as `toPage` expects them.
 *
 * The planner takes matches to be spread evenly over the list's order and would walk all of it for a name
 * that stands at its end. So it is not asked. Up to 10,000 matches are found through the filters' own
 * indexes and sorted, which counts them too. Of more, a short walk along the order mostly meets enough.
 *
 * @throws InvalidAddressError when the cursor is not one of this list.
 */
export async function findKeys(
  tx: Transaction,
  plan: ListPlan,
  position: PagePosition,
  limit: number,
): Promise<Found> {
  const place = placeOf(plan, position)
  if (!plan.condition) return { keys: await walk(tx, plan, place, limit), matches: null }
  const { keys, matched } = await sortedMatches(tx, plan, place, limit)
  if (matched <= MATCH_LIMIT) return { keys, matches: { count: matched, exact: true } }
  return {
    keys: await walk(tx, plan, place, limit),
    matches: { count: MATCH_LIMIT, exact: false },
  }
}

function placeOf({ table, source, descending }: ListPlan, position: PagePosition): Place {
  const backwards = position.before !== undefined
  const text = position.before ?? position.after
  const cursor = text === undefined ? null : decodeListCursor(text, source.kind, table.ids.length)
  return { cursor, down: descending !== backwards, backwards }
}

type FoundKey = { sort: ListKey['sort'] } & Record<`id${number}`, string>

async function sortedMatches(tx: Transaction, plan: ListPlan, place: Place, limit: number) {
  const { table, source, condition } = plan
  const { down, backwards } = place
  const rows = await tx.$queryRaw<(FoundKey & { matched: number })[]>`
    WITH matches AS MATERIALIZED (
      SELECT ${idColumns(table)}, ${source.key} AS sort FROM ${table.table} r ${source.join}
      WHERE ${conjunction([EVERY_ROW, table.shown, condition])} LIMIT ${MATCH_LIMIT + 1})
    SELECT counted.matched, page.* FROM
      (SELECT count(*)::int AS matched FROM matches) counted
      LEFT JOIN (SELECT * FROM matches WHERE ${beyondMatch(plan, place)}
        ORDER BY sort IS NULL ${turned(backwards)}, sort ${turned(down)},
          ${matchOrder(table, down)} LIMIT ${limit}) page ON TRUE
    ORDER BY page.sort IS NULL ${turned(backwards)}, page.sort ${turned(down)},
      ${matchOrder(table, down, 'page.')}`
  return {
    keys: rows.filter((row) => row.id0 !== null).map((row) => toKey(row, table)),
    matched: rows[0]?.matched ?? 0,
  }
}

async function walk(
  tx: Transaction,
  plan: ListPlan,
  place: Place,
  limit: number,
): Promise<ListKey[]> {
  const { present, missing } = plan.source
  const forwards = missing ? [present, missing] : [present]
  const runs = place.backwards ? forwards.toReversed() : forwards
  const start = place.cursor?.sort === null ? missing : present
  let keys: ListKey[] = []
  const first = place.cursor && start ? runs.indexOf(start) : 0
  for (const run of runs.slice(first)) {
    const cursor = run === start ? place.cursor : null
    keys = keys.concat(await walkRun(tx, plan, run, { ...place, cursor }, limit - keys.length))
    if (keys.length === limit) break
  }
  return keys
}

async function walkRun(
  tx: Transaction,
  { table, source, condition }: ListPlan,
  run: Run,
  place: Place,
  limit: number,
): Promise<ListKey[]> {
  const range = conjunction([run.where, beyond(run, source.kind, place)])
  const order = orderOf(run, place)
  const columns = Prisma.sql`${idColumns(table)}, ${run.key ?? Prisma.sql`NULL::text`} AS sort`
  const read = async (sql: Prisma.Sql) =>
    (await tx.$queryRaw<FoundKey[]>(sql)).map((row) => toKey(row, table))
  const check = conjunction([table.shown, run.check?.each, condition])
  if (check === TRUE) {
    return read(Prisma.sql`
      SELECT ${columns} FROM ${run.from} WHERE ${range} ORDER BY ${order} LIMIT ${limit}`)
  }
  const sorted = Prisma.join([
    // Not where all lack it: Postgres would sort all that was walked by nothing.
    ...(run.key ? [Prisma.sql`sort ${turned(place.down)}`] : []),
    ...run.order.map(({ id }) => Prisma.sql`r.${ID(table, id)} ${turned(place.down)}`),
  ])
  const near = await read(Prisma.sql`
    SELECT ${idColumns(table)}, sort FROM (
      SELECT r.*, ${run.key ?? Prisma.sql`NULL::text`} AS sort FROM ${run.from}
      WHERE ${range} ORDER BY ${order} LIMIT ${ROWS_WALKED}) r
    WHERE ${check} ORDER BY ${sorted} LIMIT ${limit}`)
  if (near.length === limit || (await endsSoon(tx, run, range, order))) return near
  return read(Prisma.sql`
    WITH matches AS MATERIALIZED (
      SELECT ${columns} FROM ${run.from}
      WHERE ${range} AND ${conjunction([table.shown, run.check?.all, condition])})
    SELECT * FROM matches ORDER BY sort ${turned(place.down)}, ${matchOrder(table, place.down)}
    LIMIT ${limit}`)
}

async function endsSoon(tx: Transaction, run: Run, range: Prisma.Sql, order: Prisma.Sql) {
  const [found] = await tx.$queryRaw<{ walked: number }[]>`
    SELECT count(*)::int AS walked FROM (
      SELECT 1 FROM ${run.from} WHERE ${range} ORDER BY ${order} LIMIT ${ROWS_WALKED}) walked`
  return (found?.walked ?? 0) < ROWS_WALKED
}

/** The ORDER BY of all rows of a list, for reading them to the end. */
export function wholeOrder({ table, source, descending }: ListPlan): Prisma.Sql {
  return Prisma.sql`${source.key} IS NULL, ${source.key} ${turned(descending)},
    ${Prisma.join(table.ids.map((_, id) => Prisma.sql`r.${ID(table, id)} ${turned(descending)}`))}`
}

function orderOf(run: Run, { down }: Place): Prisma.Sql {
  const lead = run.key ?? run.lead
  return Prisma.join(
    [...(lead ? [lead] : []), ...run.order.map(({ sql }) => sql)].map(
      (column) => Prisma.sql`${column} ${turned(down)}`,
    ),
  )
}

function beyond(run: Run, kind: KeyKind, { cursor, down }: Place): Prisma.Sql | null {
  if (!cursor) return null
  const names = run.order.map(({ sql }) => sql)
  const values = run.order.map(({ id }) => Prisma.sql`${cursor.ids[id]}`)
  if (run.key) {
    names.unshift(run.key)
    values.unshift(keyValue(cursor, kind))
  }
  const sign = down ? Prisma.sql`<` : Prisma.sql`>`
  const range = Prisma.sql`(${Prisma.join(names)}) ${sign} (${Prisma.join(values)})`
  if (!run.key || !run.keyOfOther) return range
  // Postgres does not see by itself where in the index of the key that begins.
  return Prisma.sql`${run.key} ${sign}= ${keyValue(cursor, kind)} AND ${range}`
}

// Matches that have the key come before those that lack it, whichever way they are sorted.
function beyondMatch({ table, source }: ListPlan, place: Place): Prisma.Sql {
  const { cursor, down, backwards } = place
  if (!cursor) return TRUE
  const than = down ? Prisma.sql`<` : Prisma.sql`>`
  const names = Prisma.join(table.ids.map((_, id) => Prisma.raw(`id${id}`)))
  const ids = Prisma.join(cursor.ids)
  if (cursor.sort === null) {
    const lacking = Prisma.sql`sort IS NULL AND (${names}) ${than} (${ids})`
    return backwards ? Prisma.sql`(sort IS NOT NULL OR ${lacking})` : lacking
  }
  const having = Prisma.sql`(sort, ${names}) ${than} (${keyValue(cursor, source.kind)}, ${ids})`
  return backwards
    ? Prisma.sql`sort IS NOT NULL AND ${having}`
    : Prisma.sql`(sort IS NULL OR ${having})`
}

const TYPES: Record<KeyKind, string> = {
  text: 'text',
  integer: 'bigint',
  number: 'float8',
  time: 'timestamptz',
  boolean: 'boolean',
}

function keyValue({ sort }: ListKey, kind: KeyKind): Prisma.Sql {
  return Prisma.sql`${sort}::${Prisma.raw(TYPES[kind])}`
}

const TRUE = Prisma.sql`TRUE`

// Without a condition that its index knows, Postgres reads a table from its beginning, allowed or not.
export const EVERY_ROW = Prisma.sql`r.company_uuid >= ''`

/** All of them hold; those that are missing don't count. */
export function conjunction(conditions: (Prisma.Sql | null | undefined)[]): Prisma.Sql {
  const given = conditions.filter((condition) => condition != null)
  return given.length > 0 ? Prisma.join(given, ' AND ') : TRUE
}

function turned(down: boolean): Prisma.Sql {
  return down ? Prisma.sql`DESC` : Prisma.sql`ASC`
}

function ID(table: ListTable, id: number): Prisma.Sql {
  return Prisma.raw(table.ids[id] ?? '')
}

function idColumns(table: ListTable): Prisma.Sql {
  return Prisma.raw(table.ids.map((name, id) => `r.${name} AS id${id}`).join(', '))
}

function matchOrder(table: ListTable, down: boolean, of = ''): Prisma.Sql {
  return Prisma.raw(table.ids.map((_, id) => `${of}id${id}${down ? ' DESC' : ''}`).join(', '))
}

function toKey(row: FoundKey, table: ListTable): ListKey {
  const sort = typeof row.sort === 'bigint' ? Number(row.sort) : row.sort
  return { sort, ids: table.ids.map((_, id) => row[`id${id}`] ?? '') }
}
