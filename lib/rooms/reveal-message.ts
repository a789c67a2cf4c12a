import { uuidv7 } from 'uuidv7'
import { requireAdministrator } from '@/lib/auth/require-administrator'
import { db } from '@/lib/db'

/**
 * The text of a deleted message, and the record of who has looked at it: one statement, so that neither is
 * without the other. Null when the room has no such message, or it was not deleted. The text is empty when
 * no event has told it.
 *
 * @throws UnauthenticatedError, or ForbiddenError for whoever is no administrator.
 */
export async function revealMessage(key: {
  companyUuid: string
  roomUuid: string
  uuid: string
}): Promise<string | null> {
  const user = await requireAdministrator()
  const { companyUuid, roomUuid, uuid } = key
  const rows = await db().$queryRaw<{ content: string | null }[]>`
    WITH message AS (
      SELECT m.company_uuid, m.uuid, m.room_uuid, m.content FROM message m
      WHERE m.company_uuid = ${companyUuid} AND m.uuid = ${uuid} AND m.room_uuid = ${roomUuid}
        AND m.deleted_at IS NOT NULL
    ),
    recorded AS (
      INSERT INTO message_reveal
        (id, company_uuid, message_uuid, room_uuid, user_id, user_email, revealed_at)
      SELECT ${uuidv7()}::uuid, company_uuid, uuid, room_uuid, ${user.id}::uuid, ${user.email}, now()
      FROM message
      RETURNING id
    )
    SELECT content FROM message WHERE EXISTS (SELECT FROM recorded)`
  const [message] = rows
  return message ? (message.content ?? '') : null
}
