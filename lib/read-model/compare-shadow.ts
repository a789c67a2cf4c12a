import { Prisma, type Transaction } from '@/lib/db'
import { COUNTED_TOTALS, type WritableColumns } from './copy-affected'
import { READ_MODEL_KEYS, READ_MODEL_TABLES, type ReadModelTable } from './read-model-tables'

/** A column of a row that would be another. A value of more than 4,000 characters is cut and ends in "…". */
export type FieldChange = { name: string; before: unknown; after: unknown }

/** A row that would be another; `before` or `after` of all fields is missing where it is added or removed. */
export type RowChange = {
  table: ReadModelTable
  key: Record<string, string>
  kind: 'added' | 'changed' | 'removed'
  fields: FieldChange[]
}

export type TableCounts = { table: ReadModelTable; added: number; changed: number; removed: number }

const PAGE = 200
const MAX_CHARACTERS = 4_000

// Which live rows a dry run would have removed: those of owners that were copied, and totals that were.
const REMOVABLE: Partial<Record<ReadModelTable, string>> = {
  custom_field_value: `
    (l.owner_type = 'partnership' AND EXISTS (
      SELECT FROM pg_temp.partnership o WHERE o.company_uuid = l.company_uuid AND o.uuid = l.owner_uuid))
    OR (l.owner_type = 'contact' AND EXISTS (
      SELECT FROM pg_temp.contact o WHERE o.company_uuid = l.company_uuid AND o.uuid = l.owner_uuid))`,
  attachment: `EXISTS (
    SELECT FROM pg_temp.message o WHERE o.company_uuid = l.company_uuid AND o.uuid = l.message_uuid)`,
  partnership_total: `EXISTS (
    SELECT FROM ${COUNTED_TOTALS} o WHERE o.company_uuid = l.company_uuid AND o.uuid = l.uuid)`,
}

/** Where the rows that differ are kept until they have been handed on. */
const DIFFERING_ROWS = 'pg_temp.differing_row'

/** Makes what `compareShadow` needs, before the transaction may write nothing but temporary tables. */
export async function prepareComparison(tx: Transaction): Promise<void> {
  await tx.$executeRaw`
    CREATE TEMPORARY TABLE differing_row (
      table_name text, number int, l jsonb, t jsonb, PRIMARY KEY (table_name, number)
    ) ON COMMIT DROP`
}

/**
 * Compares the temporary tables, which hold what would be, with the live ones, each once. Both are read in one
 * snapshot: the transaction is REPEATABLE READ.
 *
 * @param most How many of the differing rows are wanted; all are counted.
 * @param onRows Takes them page by page, ordered by table and key.
 */
export async function compareShadow(
  tx: Transaction,
  columns: WritableColumns,
  most: number,
  onRows: (rows: RowChange[]) => Promise<void>,
): Promise<TableCounts[]> {
  const counts: TableCounts[] = []
  let left = most
  // Nobody else does it for temporary tables.
  for (const table of READ_MODEL_TABLES)
    await tx.$executeRaw(Prisma.raw(`ANALYZE pg_temp.${table}`))
  for (const table of READ_MODEL_TABLES) {
    const count = await keepDifferingRows(tx, table, left)
    counts.push({ table, ...count })
    const found = Math.min(left, count.added + count.changed + count.removed)
    for (let after = 0; after < found; after += PAGE) {
      await onRows(await readPage(tx, table, columns, after))
    }
    left -= found
  }
  return counts
}

async function keepDifferingRows(
  tx: Transaction,
  table: ReadModelTable,
  most: number,
): Promise<Omit<TableCounts, 'table'>> {
  const order = READ_MODEL_KEYS[table]
    .map((key) => `COALESCE(l, t) ->> '${key}' COLLATE "C"`)
    .join(', ')
  const [count] = await tx.$queryRaw<Omit<TableCounts, 'table'>[]>`
    WITH differing AS MATERIALIZED (${differingRows(table)}), kept AS (
      INSERT INTO ${Prisma.raw(DIFFERING_ROWS)} (table_name, number, l, t)
      SELECT ${table}, row_number() OVER (ORDER BY ${Prisma.raw(order)}), l, t
      FROM differing ORDER BY ${Prisma.raw(order)} LIMIT ${most}
      ON CONFLICT DO NOTHING
    )
    SELECT count(*) FILTER (WHERE l IS NULL)::int AS added,
           count(*) FILTER (WHERE l IS NOT NULL AND t IS NOT NULL)::int AS changed,
           count(*) FILTER (WHERE t IS NULL)::int AS removed
    FROM differing`
  return count ?? { added: 0, changed: 0, removed: 0 }
}

async function readPage(
  tx: Transaction,
  table: ReadModelTable,
  columns: WritableColumns,
  after: number,
): Promise<RowChange[]> {
  const keys = [...READ_MODEL_KEYS[table]]
  const rows = await tx.$queryRaw<Omit<RowChange, 'table'>[]>`
    SELECT CASE WHEN l IS NULL THEN 'added' WHEN t IS NULL THEN 'removed' ELSE 'changed' END AS kind,
      (SELECT jsonb_object_agg(k, COALESCE(l, t) -> k) FROM unnest(${keys}::text[]) k) AS key,
      (SELECT jsonb_agg(jsonb_build_object('name', name,
                'before', ${cut(Prisma.sql`b.value`)}, 'after', ${cut(Prisma.sql`a.value`)})
              ORDER BY array_position(${columns.get(table) ?? []}::text[], name))
       FROM jsonb_each(COALESCE(l, '{}')) b(name, value)
       FULL JOIN jsonb_each(COALESCE(t, '{}')) a(name, value) USING (name)
       WHERE a.value IS DISTINCT FROM b.value AND name = ANY(${columns.get(table) ?? []})
         AND name <> ALL(${keys}::text[])) AS fields
    FROM ${Prisma.raw(DIFFERING_ROWS)}
    WHERE table_name = ${table} AND number > ${after} AND number <= ${after + PAGE}
    ORDER BY number`
  return rows.map((row) => ({
    table,
    ...row,
    // JSON in Postgres has an order of its own.
    key: Object.fromEntries(keys.map((name) => [name, row.key[name] ?? ''])),
    fields: row.fields ?? [],
  }))
}

function cut(value: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`CASE WHEN length(${value}::text) > ${MAX_CHARACTERS}
    THEN to_jsonb(left(${value}::text, ${MAX_CHARACTERS}) || '…') ELSE ${value} END`
}

/** Rows as JSON: `l` as it stands, `t` as it would be, null where there is none. */
function differingRows(table: ReadModelTable): Prisma.Sql {
  const same = READ_MODEL_KEYS[table].map((key) => `l.${key} = t.${key}`).join(' AND ')
  const removable = REMOVABLE[table]
  const removed = removable
    ? `UNION ALL
       SELECT to_jsonb(l) AS l, NULL::jsonb AS t FROM public.${table} l
       WHERE (${removable}) AND NOT EXISTS (SELECT FROM pg_temp.${table} t WHERE ${same})`
    : ''
  return Prisma.raw(
    `SELECT to_jsonb(l) AS l, to_jsonb(t) AS t
     FROM pg_temp.${table} t LEFT JOIN public.${table} l ON ${same}
     WHERE to_jsonb(t) IS DISTINCT FROM to_jsonb(l)
     ${removed}`,
  )
}
