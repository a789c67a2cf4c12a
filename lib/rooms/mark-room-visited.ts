import { requireUser } from '@/lib/auth/current-user'
import { db } from '@/lib/db'

/**
 * Notes that the reader has seen a room up to its newest message. A room that is not there is none to
 * note anything about.
 *
 * @throws UnauthenticatedError without a signed-in user.
 */
export async function markRoomVisited(room: { companyUuid: string; uuid: string }): Promise<void> {
  const { id } = await requireUser()
  // The user may have been removed by a change of the administrator since.
  await db().$executeRaw`
    INSERT INTO room_visit
      (user_id, company_uuid, room_uuid, visited_at, message_at, message_uuid)
    SELECT u.id, r.company_uuid, r.uuid, now(), r.last_message_at, r.last_message_uuid
    FROM room r JOIN app_user u ON u.id = ${id}::uuid
    WHERE r.company_uuid = ${room.companyUuid} AND r.uuid = ${room.uuid}
    ON CONFLICT (user_id, company_uuid, room_uuid) DO UPDATE SET
      visited_at = excluded.visited_at,
      message_at = excluded.message_at,
      message_uuid = excluded.message_uuid`
}
