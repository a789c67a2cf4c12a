import { requireUser } from '@/lib/auth/current-user'
import { db } from '@/lib/db'

/** Who looked at the text of which deleted message, and when. */
export type MessageReveal = {
  id: string
  companyUuid: string
  roomUuid: string
  messageUuid: string
  userEmail: string
  revealedAt: Date
}

const SHOWN = 20

/**
 * The last times that the text of a deleted message was revealed, the newest first.
 *
 * @throws UnauthenticatedError without a signed-in user.
 */
export async function listMessageReveals(): Promise<MessageReveal[]> {
  await requireUser()
  return db().messageReveal.findMany({
    select: {
      ...{ id: true, companyUuid: true, roomUuid: true },
      ...{ messageUuid: true, userEmail: true, revealedAt: true },
    },
    orderBy: [{ revealedAt: 'desc' }, { id: 'desc' }],
    take: SHOWN,
  })
}
