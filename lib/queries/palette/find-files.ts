import { Prisma, type Transaction } from '@/lib/db'
import { searchCondition } from '../search-condition'
import { idRange } from './id-range'

export type FoundFile = {
  company_uuid: string
  message_uuid: string
  uuid: string
  room_uuid: string | null
  file_name: string | null
  created_at: Date
}

const ROWS_WALKED = 1_000
const CANDIDATES = 100

/** Files by the beginning of their id or a part of their name, the newest first. */
export async function findFiles(tx: Transaction, q: string, limit: number): Promise<FoundFile[]> {
  const condition = searchCondition(q)
  if (!condition) return []
  const ids = idRange(Prisma.sql`uuid`, q) ?? Prisma.sql`false`
  const keys = Prisma.sql`company_uuid, message_uuid, uuid`
  return tx.$queryRaw<FoundFile[]>`
    WITH near AS MATERIALIZED (
      SELECT ${keys} FROM (
        SELECT ${keys}, search_text FROM attachment
        ORDER BY created_at DESC, ${keys} LIMIT ${ROWS_WALKED}::int
      ) walked WHERE ${condition} LIMIT ${limit}::int
    ), far AS MATERIALIZED (
      SELECT ${keys} FROM attachment
      WHERE (SELECT count(*) FROM near) < ${limit}::int AND ${condition} LIMIT ${CANDIDATES}::int
    ), found AS (
      (SELECT 0 AS place, ${keys} FROM attachment WHERE ${ids} LIMIT ${limit}::int)
      UNION ALL SELECT 1, ${keys} FROM near UNION ALL SELECT 1, ${keys} FROM far
    ), each AS (SELECT ${keys}, min(place) AS place FROM found GROUP BY ${keys})
    SELECT f.company_uuid, f.message_uuid, f.uuid, coalesce(f.room_uuid, m.room_uuid) AS room_uuid,
      left(f.file_name, 200) AS file_name, f.created_at
    FROM each JOIN attachment f USING (company_uuid, message_uuid, uuid)
    JOIN message m ON m.company_uuid = f.company_uuid AND m.uuid = f.message_uuid
    WHERE m.deleted_at IS NULL
    ORDER BY each.place, f.created_at DESC, f.company_uuid, f.message_uuid, f.uuid
    LIMIT ${limit}::int`
}
