import { requireUser } from '@/lib/auth/current-user'
import { db } from '@/lib/db'
import { isEventId } from '@/lib/schemas/is-event-id'

/**
 * The whole body of an event exactly as it is stored; null when there is no such event.
 *
 * @throws UnauthenticatedError without a signed-in user.
 */
export async function getEventBody(id: string): Promise<string | null> {
  await requireUser()
  if (!isEventId(id)) return null
  const event = await db().webhookEvent.findUnique({ where: { id }, select: { body: true } })
  return event?.body ?? null
}
