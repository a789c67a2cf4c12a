import { requireUser } from '@/lib/auth/current-user'
import { db } from '@/lib/db'

/**
 * A message's whole text, which may have a megabyte. Null when there is no such message in the room, when
 * it has no text, and when it was deleted.
 *
 * @throws UnauthenticatedError without a signed-in user.
 */
export async function findMessageText(key: {
  companyUuid: string
  roomUuid: string
  uuid: string
}): Promise<string | null> {
  await requireUser()
  const message = await db().message.findFirst({
    where: { ...key, deletedAt: null },
    select: { content: true },
  })
  return message?.content ?? null
}
