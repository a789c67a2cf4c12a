import { Prisma, type Transaction } from '@/lib/db'
import { idRange } from './id-range'
import type { NamedRecord } from './named-records'

export type FoundRoom = {
  company_uuid: string
  uuid: string
  partnership_name: string | null
  message_count: number
}

/** Rooms by the beginning of their id, and those of partnerships that were found; the latest active first. */
export async function findRoomsOf(
  tx: Transaction,
  q: string,
  partnerships: NamedRecord[],
  limit: number,
): Promise<FoundRoom[]> {
  const ids = idRange(Prisma.sql`uuid`, q)
  const keys = partnerships.map(({ company_uuid, uuid }) => ({ company_uuid, uuid }))
  return tx.$queryRaw<FoundRoom[]>`
    WITH found AS (
      (SELECT 0 AS place, company_uuid, uuid FROM room
       WHERE ${ids ?? Prisma.sql`false`} LIMIT ${limit}::int)
      UNION ALL
      SELECT 1, rooms.company_uuid, rooms.uuid
      FROM json_to_recordset(${JSON.stringify(keys)}::json) AS p(company_uuid text, uuid text)
      CROSS JOIN LATERAL (
        SELECT r.company_uuid, r.uuid FROM room r
        WHERE r.company_uuid = p.company_uuid AND r.partnership_uuid = p.uuid LIMIT ${limit}::int
      ) rooms
    )
    SELECT r.company_uuid, r.uuid, r.message_count, left(p.company_name, 200) AS partnership_name
    FROM (SELECT company_uuid, uuid, min(place) AS place FROM found GROUP BY 1, 2) f
    JOIN room r ON r.company_uuid = f.company_uuid AND r.uuid = f.uuid
    LEFT JOIN partnership p ON p.company_uuid = r.company_uuid AND p.uuid = r.partnership_uuid
    ORDER BY f.place, r.sort_at DESC, r.company_uuid, r.uuid LIMIT ${limit}::int`
}
