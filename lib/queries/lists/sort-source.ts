import { Prisma } from '@/lib/db'
import type { ListTable } from './list-table'

/** What a sort key is, in Postgres and in a cursor. */
export type KeyKind = 'text' | 'integer' | 'number' | 'time' | 'boolean'

/**
 * Rows of a list that one index holds in order. Every list is at most two of them, one after the other:
 * the rows that have the value it is sorted by, and those that lack it.
 */
export type Run = {
  /** What to read; the list's rows are `r` in it. */
  from: Prisma.Sql
  where: Prisma.Sql
  /** The sort key; null where the rows lack it. */
  key: Prisma.Sql | null
  /** What stands before the ids in the index, where rows lack the key. */
  lead?: Prisma.Sql
  /** The ids that follow in the index, and which of the list's ids each is. */
  order: { sql: Prisma.Sql; id: number }[]
  /** The index holds all that a key of the list is made of: no row needs to be looked up to walk it. */
  isWhole?: true
  /** The key is another table's than the ids: the order among rows of one key is in no index. */
  keyOfOther?: true
  /** What no index knows about the rows: to be checked for each, and to find all of them by. */
  check?: { each: Prisma.Sql; all: Prisma.Sql }
}

/** Where a list gets its order from. */
export type SortSource = {
  kind: KeyKind
  present: Run
  /** Null when every row has the key. */
  missing: Run | null
  /** To be joined to the list's rows `r`, so that `key` can be named. */
  join: Prisma.Sql
  key: Prisma.Sql
}

type OwnKey = { kind: KeyKind; key: Prisma.Sql; nullable: boolean }

/** An order by a column of the list's own table, or an expression on its row `r`, that has an index. */
export function ownSource(table: ListTable, { kind, key, nullable }: OwnKey): SortSource {
  const from = Prisma.sql`${table.table} r`
  const order = idsOf(table, 'r')
  return {
    kind,
    present: {
      from,
      where: nullable ? Prisma.sql`${key} IS NOT NULL` : TRUE,
      key,
      order,
      // Postgres reads a row for what an index has of an expression on it.
      ...(COLUMN.test(key.sql) && { isWhole: true }),
    },
    missing: nullable
      ? { from, where: Prisma.sql`${key} IS NULL`, key: null, lead: key, order }
      : null,
    join: Prisma.empty,
    key,
  }
}

/** An order by a number that the projector keeps of every partnership. */
export function totalSource(table: ListTable, column: Prisma.Sql): SortSource {
  const key = Prisma.sql`t.${column}`
  return {
    kind: 'integer',
    present: {
      from: Prisma.sql`partnership_total t JOIN ${table.table} r ON ${SAME_TOTAL}`,
      where: Prisma.sql`t.received`,
      key,
      order: idsOf(table, 't'),
    },
    missing: null,
    join: JOIN_TOTAL,
    key,
  }
}

/** An order by the partner type that the projector keeps of every partnership. */
export function partnerTypeSource(table: ListTable): SortSource {
  const from = Prisma.sql`partnership_total t JOIN ${table.table} r ON ${SAME_TOTAL}`
  const key = Prisma.sql`lower(left(nullif(t.partner_type, ''), 200))`
  const order = idsOf(table, 't')
  return {
    kind: 'text',
    present: { from, where: Prisma.sql`t.received AND ${key} IS NOT NULL`, key, order },
    missing: {
      from,
      where: Prisma.sql`t.received AND ${key} IS NULL`,
      key: null,
      lead: key,
      order,
    },
    join: JOIN_TOTAL,
    key,
  }
}

/** An order by the newest message of every partnership; many have none. */
export function lastMessageSource(table: ListTable): SortSource {
  const from = Prisma.sql`partnership_total t JOIN ${table.table} r ON ${SAME_TOTAL}`
  const none = Prisma.sql`'1970-01-01 00:00:00+00'::timestamptz`
  const order = idsOf(table, 't')
  return {
    kind: 'time',
    present: {
      from,
      where: Prisma.sql`t.received AND t.sort_at > ${none}`,
      key: Prisma.sql`t.sort_at`,
      order,
    },
    missing: { from, where: Prisma.sql`t.received AND t.sort_at = ${none}`, key: null, order },
    join: JOIN_TOTAL,
    key: Prisma.sql`nullif(t.sort_at, ${none})`,
  }
}

/**
 * An order by the name of something else that rows belong to, such as their partnership.
 *
 * @param path.key The name; an index begins with it.
 * @param path.from Joins the rows `r` to what they belong to, beginning with that.
 * @param path.join The same beginning with the rows, for those without it as well.
 * @param path.named What has a name.
 * @param path.none SQL for rows of which it is not known.
 * @param path.without Those rows `r` in the order of their ids, where indexes have them so.
 */
export function namedSource(
  table: ListTable,
  path: {
    key: Prisma.Sql
    from: Prisma.Sql
    join: Prisma.Sql
    named?: Prisma.Sql
    none: Prisma.Sql
    without?: Prisma.Sql
  },
): SortSource {
  const { key } = path
  const order = idsOf(table, 'r')
  return {
    kind: 'text',
    present: { from: path.from, where: path.named ?? TRUE, key, order, keyOfOther: true },
    missing: path.without
      ? { from: path.without, where: TRUE, key: null, order }
      : {
          from: Prisma.sql`${table.table} r`,
          where: TRUE,
          key: null,
          order,
          check: { each: path.none, all: path.none },
        },
    join: path.join,
    key,
  }
}

type FieldKey = { kind: KeyKind; companyUuid: string; fieldUuid: string; key: Prisma.Sql }

/**
 * An order by the values of a custom field.
 *
 * @param field.key An expression on the value's row `v` that has an index behind the field.
 */
export function fieldSource(table: ListTable, field: FieldKey): SortSource {
  const { kind, companyUuid, fieldUuid, key } = field
  const value = Prisma.sql`v.company_uuid = ${companyUuid} AND v.field_uuid = ${fieldUuid}
    AND v.owner_type = ${table.owner}::custom_field_owner AND ${key} IS NOT NULL`
  const same = Prisma.sql`v.company_uuid = r.company_uuid AND v.owner_uuid = r.uuid`
  return {
    kind,
    present: {
      from: Prisma.sql`custom_field_value v JOIN ${table.table} r ON ${same}`,
      where: value,
      key,
      // All of one company: its id is not in the order.
      order: [{ sql: Prisma.sql`v.owner_uuid`, id: 1 }],
    },
    missing: {
      from: Prisma.sql`${table.table} r`,
      where: TRUE,
      key: null,
      order: idsOf(table, 'r'),
      check: {
        // With a LIMIT it is asked row by row, never for the values of all rows beforehand.
        each: Prisma.sql`(
          SELECT TRUE FROM custom_field_value v WHERE ${value} AND ${same} LIMIT 1) IS NULL`,
        all: Prisma.sql`NOT EXISTS (
          SELECT 1 FROM custom_field_value v WHERE ${value} AND ${same})`,
      },
    },
    join: Prisma.sql`LEFT JOIN custom_field_value v ON ${value} AND ${same}`,
    key,
  }
}

const COLUMN = /^r\.\w+$/
const TRUE = Prisma.sql`TRUE`
const SAME_TOTAL = Prisma.sql`r.company_uuid = t.company_uuid AND r.uuid = t.uuid`
const JOIN_TOTAL = Prisma.sql`LEFT JOIN partnership_total t ON ${SAME_TOTAL}`

function idsOf(table: ListTable, alias: string) {
  return table.ids.map((name, id) => ({ sql: Prisma.raw(`${alias}.${name}`), id }))
}
