import { requireUser } from '@/lib/auth/current-user'
import { db } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { isEventId } from '@/lib/schemas/is-event-id'
import { isOfDeletedMessage } from '@/lib/event-log/is-of-deleted-message'

/** The body holds the text of a message that has been deleted. */
export class WithheldTextError extends AppError {
  constructor() {
    super(
      'withheld',
      'The message of this event was deleted. An administrator may reveal its body on the page of the event.',
    )
  }
}

/**
 * The whole body of an event exactly as it is stored; null when there is no such event.
 *
 * @throws UnauthenticatedError without a signed-in user; WithheldTextError when its message was deleted.
 */
export async function getEventBody(id: string): Promise<string | null> {
  await requireUser()
  if (!isEventId(id)) return null
  const [event] = await db().$queryRaw<{ body: string | null }[]>`
    SELECT CASE WHEN NOT ${isOfDeletedMessage('e')} THEN e.body END AS body
    FROM webhook_event e WHERE e.id = ${id}::uuid`
  if (!event) return null
  if (event.body === null) throw new WithheldTextError()
  return event.body
}
