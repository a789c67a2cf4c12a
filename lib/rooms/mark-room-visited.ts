import { requireUser } from '@/lib/auth/current-user'
import { db } from '@/lib/db'

// As many as are looked at for messages that arrived later (lib/queries/list-rooms.ts).
const LATE_AMONG = 200

/**
 * Notes that the reader has seen a room up to a message, the newest that was shown: there may be newer ones
 * by now. Never goes back to an older message. A room that has no such message is none to note anything about.
 *
 * @throws UnauthenticatedError without a signed-in user.
 */
export async function markRoomVisited(
  room: { companyUuid: string; uuid: string },
  newest: string,
): Promise<void> {
  const { id } = await requireUser()
  // The user may have been removed by a change of the administrator since.
  await db().$executeRaw`
    INSERT INTO room_visit
      (user_id, company_uuid, room_uuid, visited_at, message_at, message_uuid, seen_seq)
    SELECT u.id, m.company_uuid, m.room_uuid, now(), m.created_at, m.uuid, (
      SELECT max(event_seq) FROM (
        SELECT s.event_seq FROM message s
        WHERE s.company_uuid = m.company_uuid AND s.room_uuid = m.room_uuid
          AND (s.created_at, s.uuid) <= (m.created_at, m.uuid)
        ORDER BY s.created_at DESC, s.uuid DESC LIMIT ${LATE_AMONG}
      ) seen)
    FROM message m JOIN app_user u ON u.id = ${id}::uuid
    WHERE m.company_uuid = ${room.companyUuid} AND m.uuid = ${newest}
      AND m.room_uuid = ${room.uuid}
    ON CONFLICT (user_id, company_uuid, room_uuid) DO UPDATE SET
      visited_at = excluded.visited_at,
      message_at = excluded.message_at,
      message_uuid = excluded.message_uuid,
      seen_seq = GREATEST(room_visit.seen_seq, excluded.seen_seq)
    WHERE (excluded.message_at, excluded.message_uuid) >=
      (coalesce(room_visit.message_at, '-infinity'), coalesce(room_visit.message_uuid, ''))`
}
