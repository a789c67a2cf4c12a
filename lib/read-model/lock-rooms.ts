import type { Transaction } from '@/lib/db'
import type { Keyed } from '@/lib/projections/changes'
import type { WrittenKey } from './lower-first-event-at'

/**
 * Locks every room that a batch may touch, in the order of their keys: the rooms that its events name,
 * and those in which its messages stand now (a message may move). Whoever changes messages of a room
 * holds its lock, so that its counters can be kept by differences.
 *
 * @returns The rooms that exist and are now locked.
 */
export async function lockRooms(
  tx: Transaction,
  rooms: Keyed[],
  messages: Keyed[],
): Promise<WrittenKey[]> {
  const named = JSON.stringify(rooms.map(toRecord))
  const moving = JSON.stringify(messages.map(toRecord))
  return tx.$queryRaw<WrittenKey[]>`
    SELECT r.company_uuid, r.uuid
    FROM room r
    JOIN (
      SELECT company_uuid, uuid
      FROM json_to_recordset(${named}::json) AS x(company_uuid text, uuid text)
      UNION
      SELECT m.company_uuid, m.room_uuid
      FROM json_to_recordset(${moving}::json) AS x(company_uuid text, uuid text)
      JOIN message m ON m.company_uuid = x.company_uuid AND m.uuid = x.uuid
      WHERE m.room_uuid IS NOT NULL
    ) touched ON touched.company_uuid = r.company_uuid AND touched.uuid = r.uuid
    ORDER BY r.company_uuid COLLATE "C", r.uuid COLLATE "C"
    FOR UPDATE OF r`
}

function toRecord({ companyUuid, uuid }: Keyed) {
  return { company_uuid: companyUuid, uuid }
}
