'use server'

import { checkOrigin } from '@/lib/auth/check-origin'
import { requireUser } from '@/lib/auth/current-user'
import { AppError } from '@/lib/errors'
import { markRoomVisited } from '@/lib/rooms/mark-room-visited'
import { recordKeySchema } from '@/lib/schemas/record-key'

/** Notes how far the reader has read a room. Nothing is shown of it here: a failure is told by nobody. */
export async function markVisitedAction(room: unknown): Promise<void> {
  try {
    await checkOrigin()
    await requireUser()
    const key = recordKeySchema.safeParse(room)
    if (key.success) await markRoomVisited(key.data)
  } catch (error) {
    if (!(error instanceof AppError)) throw error
  }
}
