import { Prisma } from '@/lib/db'
import type { Place } from './find-keys'
import type { ListKey } from './list-cursor'
import type { ListTable } from './list-table'
import type { KeyKind, Run, SortSource } from './sort-source'

/** A key as a query of a list answers it: `sort`, and the ids by number. */
export type FoundKey = { sort: ListKey['sort'] } & Record<`id${number}`, string>

export const TRUE = Prisma.sql`TRUE`

// Without a condition that its index knows, Postgres reads a table from its beginning, allowed or not.
export const EVERY_ROW = Prisma.sql`r.company_uuid >= ''`

/** All of them hold; those that are missing don't count. */
export function conjunction(conditions: (Prisma.Sql | null | undefined)[]): Prisma.Sql {
  const given = conditions.filter((condition) => condition != null)
  return given.length > 0 ? Prisma.join(given, ' AND ') : TRUE
}

/** Any of them holds; there is at least one. */
export function disjunction(conditions: Prisma.Sql[]): Prisma.Sql {
  return Prisma.sql`(${Prisma.join(conditions, ' OR ')})`
}

/** ASC or DESC. */
export function turned(down: boolean): Prisma.Sql {
  return down ? Prisma.sql`DESC` : Prisma.sql`ASC`
}

/** The ORDER BY of a run's index. */
export function orderOf(run: Run, { down }: Place): Prisma.Sql {
  const lead = run.key ?? run.lead
  return Prisma.join(
    [...(lead ? [lead] : []), ...run.order.map(({ sql }) => sql)].map(
      (column) => Prisma.sql`${column} ${turned(down)}`,
    ),
  )
}

/** The rows of a run beyond a place; null for all of them. */
export function beyond(run: Run, kind: KeyKind, { cursor, down }: Place): Prisma.Sql | null {
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

/**
 * The found keys (`sort`, `id0`, …) beyond a place. Those that have the key come before those that lack it,
 * whichever way they are sorted.
 */
export function beyondMatch(table: ListTable, source: SortSource, place: Place): Prisma.Sql {
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

/** The ids of rows `r` as `id0` and so on. */
export function idColumns(table: ListTable): Prisma.Sql {
  return Prisma.raw(table.ids.map((name, id) => `r.${name} AS id${id}`).join(', '))
}

/** The ORDER BY of ids: of found ones, or with `named` of rows. */
export function matchOrder(table: ListTable, down: boolean, of = '', named = false): Prisma.Sql {
  const names = table.ids.map((name, id) => (named ? name : `id${id}`))
  return Prisma.raw(names.map((name) => `${of}${name}${down ? ' DESC' : ''}`).join(', '))
}

/** What a cursor is made of. */
export function toKey(row: FoundKey, table: ListTable): ListKey {
  const sort = typeof row.sort === 'bigint' ? Number(row.sort) : row.sort
  return { sort, ids: table.ids.map((_, id) => row[`id${id}`] ?? '') }
}
