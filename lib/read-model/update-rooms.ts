import { Prisma, type Transaction } from '@/lib/db'
import { entityKey } from '@/lib/projections/change-fold'
import type { RoomRow } from '@/lib/projections/changes'
import { PROJECTOR_VERSION } from '@/lib/projections/projector-version'
import { versionRecord } from './guarded-upsert'
import type { MessageState } from './message-state'
import type { RoomState } from './partnership-deltas'

/** A message before and after a batch; before is missing where the batch made it. */
export type MessageTransition = { before: MessageState | undefined; after: MessageState }

/** A room after a write: whether messages of it changed, and whether what was told of it won. */
export type WrittenRoom = RoomState & { moved: boolean; won: boolean }

// Of what messages say of their room, the one that names the partnership counts, then the one that names the
// type, then the later one (write-rooms.ts, mergeRooms in change-fold.ts).
const RANKS = ['o', 'x'].map((row) => {
  const version = row === 'o' ? 'o.projector_version' : String(PROJECTOR_VERSION)
  return `(${row}.partnership_uuid IS NOT NULL, ${row}.partner_type IS NOT NULL, ${row}.occurred_at,
    ${row}.event_seq, ${version})`
})
const WINS = Prisma.raw(`x.told AND (${RANKS.join(' < ')} OR (${RANKS.join(' = ')}
  AND (o.partnership_uuid, o.partner_type) IS DISTINCT FROM (x.partnership_uuid, x.partner_type)))`)

/**
 * Writes rooms that are there and locked: what messages say of them where it wins, their counters, moved by
 * what the messages changed, and their newest message, found anew through the index: flat cost, however
 * long a room is. The locks were an earlier statement's, so that this one sees everything that others
 * committed to the rooms. All of it is one write: each would enter every index of the room anew.
 *
 * @returns The rooms that were written, with their partnership and their counter now.
 */
export async function updateRooms(
  tx: Transaction,
  rooms: RoomRow[],
  transitions: MessageTransition[],
): Promise<WrittenRoom[]> {
  const records = toRecords(rooms, transitions)
  if (records.length === 0) return []
  return tx.$queryRaw<WrittenRoom[]>`
    UPDATE room r
    SET message_count = r.message_count + x.messages,
        attachment_count = r.attachment_count + x.attachments,
        last_message_at = newest.created_at,
        last_message_uuid = newest.uuid,
        sort_at = COALESCE(newest.created_at, 'epoch'::timestamptz),
        partnership_uuid = CASE WHEN w.wins THEN x.partnership_uuid ELSE r.partnership_uuid END,
        partner_type = CASE WHEN w.wins THEN x.partner_type ELSE r.partner_type END,
        occurred_at = CASE WHEN w.wins THEN x.occurred_at ELSE r.occurred_at END,
        event_seq = CASE WHEN w.wins THEN x.event_seq ELSE r.event_seq END,
        projector_version = CASE WHEN w.wins THEN ${PROJECTOR_VERSION} ELSE r.projector_version END,
        first_event_at = LEAST(r.first_event_at, x.first_event_at)
    FROM json_to_recordset(${JSON.stringify(records)}::json)
      AS x(company_uuid text, uuid text, moved bool, messages int, attachments int, told bool,
           partnership_uuid text, partner_type text, first_event_at timestamptz,
           occurred_at timestamptz, event_seq bigint)
    JOIN room o ON o.company_uuid = x.company_uuid AND o.uuid = x.uuid
    CROSS JOIN LATERAL (SELECT ${WINS} AS wins) w
    LEFT JOIN LATERAL (
      SELECT m.created_at, m.uuid
      FROM message m
      WHERE m.company_uuid = x.company_uuid AND m.room_uuid = x.uuid
      ORDER BY m.created_at DESC, m.uuid DESC
      LIMIT 1
    ) newest ON true
    WHERE r.company_uuid = x.company_uuid AND r.uuid = x.uuid
      AND (x.moved OR w.wins OR r.first_event_at > x.first_event_at)
    RETURNING r.company_uuid, r.uuid, r.partnership_uuid, r.message_count, x.moved,
      w.wins AS won`
}

type RoomDelta = {
  company_uuid: string
  uuid: string
  moved: boolean
  messages: number
  attachments: number
}

function toRecords(rooms: RoomRow[], transitions: MessageTransition[]) {
  const deltas = sumDeltas(transitions)
  const records: (RoomDelta & Record<string, unknown>)[] = []
  for (const room of rooms) {
    const key = entityKey(room)
    const told = {
      told: true,
      partnership_uuid: room.partnershipUuid,
      partner_type: room.partnerType,
      first_event_at: room.firstEventAt,
      ...versionRecord(room),
    }
    const delta = deltas.get(key) ?? unmoved(room.companyUuid, room.uuid)
    records.push({ ...delta, ...told })
    deltas.delete(key)
  }
  for (const delta of deltas.values()) records.push({ ...delta, told: false })
  return records
}

function sumDeltas(transitions: MessageTransition[]): Map<string, RoomDelta> {
  const deltas = new Map<string, RoomDelta>()
  const add = (state: MessageState | undefined, sign: 1 | -1) => {
    if (!state || state.room_uuid === null) return
    const { company_uuid, room_uuid } = state
    const key = entityKey({ companyUuid: company_uuid, uuid: room_uuid })
    const delta = deltas.get(key) ?? unmoved(company_uuid, room_uuid)
    deltas.set(key, delta)
    delta.moved = true
    if (state.deleted) return
    delta.messages += sign
    delta.attachments += sign * state.attachment_count
  }
  for (const { before, after } of transitions) {
    add(before, -1)
    add(after, 1)
  }
  return deltas
}

function unmoved(company_uuid: string, uuid: string): RoomDelta {
  return { company_uuid, uuid, moved: false, messages: 0, attachments: 0 }
}
