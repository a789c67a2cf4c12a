import type { Transaction } from '@/lib/db'
import { entityKey } from '@/lib/projections/change-fold'
import type { Keyed, RoomRow } from '@/lib/projections/changes'
import { writtenKey, type WrittenKey } from './lower-first-event-at'
import type { RoomState } from './partnership-deltas'

/**
 * Locks every room that a batch may touch, in the order of their keys: the rooms that its events name,
 * and those in which its messages stand now (a message may move). Whoever changes messages of a room
 * holds its lock, so that its counters, and those of its partnership, can be kept by differences.
 *
 * A room that its events name and that is not there is made, empty and with a version below every other
 * one: `updateRooms` fills it in. So there is one to lock, and its state before the batch is known, also
 * when another batch makes the same room at the same time.
 *
 * @returns The rooms, as they are now that they are locked.
 */
export async function lockRooms(
  tx: Transaction,
  rooms: RoomRow[],
  messages: Keyed[],
): Promise<RoomState[]> {
  const found = await lock(tx, rooms, messages)
  const keys = new Set(found.map(writtenKey))
  const missing = rooms.filter((room) => !keys.has(entityKey(room)))
  if (missing.length === 0) return found
  const records = missing.map((room) => ({ ...toRecord(room), first_event_at: room.firstEventAt }))
  await tx.$executeRaw`
    INSERT INTO room (company_uuid, uuid, first_event_at, occurred_at, event_seq, projector_version)
    SELECT company_uuid, uuid, first_event_at, '0001-01-01T00:00:00Z'::timestamptz, 0, 0
    FROM json_to_recordset(${JSON.stringify(records)}::json)
      AS x(company_uuid text, uuid text, first_event_at timestamptz)
    ORDER BY company_uuid COLLATE "C", uuid COLLATE "C"
    ON CONFLICT (company_uuid, uuid) DO NOTHING`
  return [...found, ...(await lock(tx, missing, []))]
}

/** Locks those of the rooms that are there, in the order of their keys. */
export async function lockKnownRooms(tx: Transaction, rooms: WrittenKey[]): Promise<RoomState[]> {
  const keys = rooms.map(({ company_uuid, uuid }) => ({ companyUuid: company_uuid, uuid }))
  return lock(tx, keys, [])
}

async function lock(tx: Transaction, rooms: Keyed[], messages: Keyed[]): Promise<RoomState[]> {
  const named = JSON.stringify(rooms.map(toRecord))
  const moving = JSON.stringify(messages.map(toRecord))
  return tx.$queryRaw<RoomState[]>`
    SELECT r.company_uuid, r.uuid, r.partnership_uuid, r.message_count
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

/** How many of the rooms there are. */
export async function countRooms(tx: Transaction, rooms: WrittenKey[]): Promise<number> {
  const keys = rooms.map(({ company_uuid, uuid }) => ({ company_uuid, uuid }))
  const [row] = await tx.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count
    FROM json_to_recordset(${JSON.stringify(keys)}::json) AS x(company_uuid text, uuid text)
    JOIN room r ON r.company_uuid = x.company_uuid AND r.uuid = x.uuid`
  return row?.count ?? 0
}

function toRecord({ companyUuid, uuid }: Keyed) {
  return { company_uuid: companyUuid, uuid }
}
