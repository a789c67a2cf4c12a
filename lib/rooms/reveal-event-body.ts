import { uuidv7 } from 'uuidv7'
import { requireAdministrator } from '@/lib/auth/require-administrator'
import { db } from '@/lib/db'
import { isEventId } from '@/lib/schemas/is-event-id'

/**
 * The stored body of an event whose message was deleted, and the record of who has looked at that message: one
 * statement, so that neither is without the other. Null when there is no such event, or its message stands.
 *
 * @throws UnauthenticatedError, or ForbiddenError for whoever is no administrator.
 */
export async function revealEventBody(id: string): Promise<string | null> {
  const user = await requireAdministrator()
  if (!isEventId(id)) return null
  const [event] = await db().$queryRaw<{ body: string }[]>`
    WITH event AS (
      SELECT m.company_uuid, m.uuid, coalesce(m.room_uuid, e.room_uuid, '') AS room_uuid, e.body
      FROM webhook_event e
      JOIN message m ON m.company_uuid = e.company_uuid AND m.uuid = e.message_uuid
      WHERE e.id = ${id}::uuid AND m.deleted_at IS NOT NULL
    ),
    recorded AS (
      INSERT INTO message_reveal
        (id, company_uuid, message_uuid, room_uuid, user_id, user_email, revealed_at)
      SELECT ${uuidv7()}::uuid, company_uuid, uuid, room_uuid, ${user.id}::uuid, ${user.email}, now()
      FROM event
      RETURNING id
    )
    SELECT body FROM event WHERE EXISTS (SELECT FROM recorded)`
  return event?.body ?? null
}
