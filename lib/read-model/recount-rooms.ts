import type { Transaction } from '@/lib/db'
import type { CountSources } from './count-sources'
import type { WrittenKey } from './lower-first-event-at'
import type { RoomState } from './partnership-deltas'

/**
 * Counts what rooms have, and writes it where it is not what stands there. What `updateRooms` moves by
 * differences comes out the same; this also repairs, and reads every message of a room. The rooms are locked.
 *
 * @returns The rooms whose totals were another.
 */
export async function recountRooms(
  tx: Transaction,
  rooms: WrittenKey[],
  sources: CountSources,
): Promise<RoomState[]> {
  if (rooms.length === 0) return []
  const keys = rooms.map(({ company_uuid, uuid }) => ({ company_uuid, uuid }))
  return tx.$queryRaw<RoomState[]>`
    UPDATE room r
    SET message_count = counted.messages,
        attachment_count = counted.attachments,
        last_message_at = newest.created_at,
        last_message_uuid = newest.uuid,
        sort_at = COALESCE(newest.created_at, 'epoch'::timestamptz)
    FROM json_to_recordset(${JSON.stringify(keys)}::json) AS x(company_uuid text, uuid text)
    CROSS JOIN LATERAL (
      SELECT count(*) FILTER (WHERE m.deleted_at IS NULL)::int AS messages,
        COALESCE(sum(m.attachment_count) FILTER (WHERE m.deleted_at IS NULL), 0)::int AS attachments
      FROM ${sources.message} m
      WHERE m.company_uuid = x.company_uuid AND m.room_uuid = x.uuid
    ) counted
    LEFT JOIN LATERAL (
      SELECT m.created_at, m.uuid
      FROM ${sources.message} m
      WHERE m.company_uuid = x.company_uuid AND m.room_uuid = x.uuid
      ORDER BY m.created_at DESC, m.uuid DESC
      LIMIT 1
    ) newest ON true
    WHERE r.company_uuid = x.company_uuid AND r.uuid = x.uuid
      AND (r.message_count, r.attachment_count, r.last_message_at, r.last_message_uuid, r.sort_at)
        IS DISTINCT FROM (counted.messages, counted.attachments, newest.created_at, newest.uuid,
          COALESCE(newest.created_at, 'epoch'::timestamptz))
    RETURNING r.company_uuid, r.uuid, r.partnership_uuid, r.message_count`
}
