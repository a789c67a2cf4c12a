import { Prisma, type Transaction } from '@/lib/db'
import { foldForSearch } from '@/lib/search-text'
import { searchCondition } from '../search-condition'
import { idRange } from './id-range'

/** A table whose rows have `sort_key` and `search_text`, and what of a row is shown. */
type NamedTable = { table: Prisma.Sql; name: Prisma.Sql; detail: Prisma.Sql }

export type NamedRecord = {
  company_uuid: string
  uuid: string
  name: string | null
  detail: string | null
}

export const PARTNERSHIPS: NamedTable = {
  table: Prisma.sql`partnership`,
  name: Prisma.sql`r.company_name`,
  detail: Prisma.sql`r.company_domain`,
}

export const CONTACTS: NamedTable = {
  table: Prisma.sql`contact`,
  name: Prisma.sql`nullif(concat_ws(' ', r.first_name, r.last_name), '')`,
  detail: Prisma.sql`r.email`,
}

export const CUSTOM_FIELDS: NamedTable = {
  table: Prisma.sql`custom_field`,
  name: Prisma.sql`r.label`,
  detail: Prisma.sql`r.type`,
}

const ROWS_WALKED = 1_000
const CANDIDATES = 100

/**
 * Records by the beginning of their id, their name, or any part of what they are found by; in this order.
 * A name that many have is met soon on a walk along the list; for a rare one the search index is asked.
 */
export async function namedRecords(
  tx: Transaction,
  { table, name, detail }: NamedTable,
  q: string,
  limit: number,
): Promise<NamedRecord[]> {
  const folded = foldForSearch(q)
  const condition = searchCondition(q)
  const ids = idRange(Prisma.sql`uuid`, q)
  if (!condition) return []
  const walk = (from: Prisma.Sql, rows: number) => Prisma.sql`
    SELECT company_uuid, uuid, sort_key FROM (
      SELECT company_uuid, uuid, sort_key, search_text FROM ${table} ${from}
      ORDER BY sort_key, company_uuid, uuid LIMIT ${rows}::int
    ) walked WHERE ${condition} LIMIT ${limit}::int`
  return tx.$queryRaw<NamedRecord[]>`
    WITH by_id AS MATERIALIZED (
      SELECT company_uuid, uuid, sort_key FROM ${table}
      WHERE ${ids ?? Prisma.sql`false`} LIMIT ${limit}::int
    ), by_name AS MATERIALIZED (${walk(Prisma.sql`WHERE sort_key >= ${folded}`, limit)}),
    near AS MATERIALIZED (${walk(Prisma.empty, ROWS_WALKED)}),
    far AS MATERIALIZED (
      SELECT company_uuid, uuid, sort_key FROM ${table}
      WHERE (SELECT count(*) FROM by_name) + (SELECT count(*) FROM near) < ${limit}::int
        AND ${condition} LIMIT ${CANDIDATES}::int
    ), found AS (
      SELECT 0 AS place, * FROM by_id UNION ALL SELECT 1, * FROM by_name
      UNION ALL SELECT 1, * FROM near UNION ALL SELECT 1, * FROM far
    ), best AS (
      SELECT company_uuid, uuid, min(sort_key) AS sort_key,
        min(CASE WHEN place = 1 AND NOT starts_with(sort_key, ${folded}) THEN 2 ELSE place END) AS place
      FROM found GROUP BY company_uuid, uuid
      ORDER BY 4, 3, 1, 2 LIMIT ${limit}::int
    )
    SELECT best.company_uuid, best.uuid, left(${name}, 200) AS name, left(${detail}, 200) AS detail
    FROM best JOIN ${table} r ON r.company_uuid = best.company_uuid AND r.uuid = best.uuid
    ORDER BY best.place, best.sort_key, best.company_uuid, best.uuid`
}
