'use server'

import { checkOrigin } from '@/lib/auth/check-origin'
import { requireUser } from '@/lib/auth/current-user'
import { AppError } from '@/lib/errors'
import { markRoomVisited } from '@/lib/rooms/mark-room-visited'
import { identifier } from '@/lib/schemas/primitives'
import { recordKeySchema } from '@/lib/schemas/record-key'

const visitSchema = recordKeySchema.extend({ newest: identifier })

/** Notes how far the reader has read a room. Nothing is shown of it here: a failure is told by nobody. */
export async function markVisitedAction(visit: unknown): Promise<void> {
  try {
    await checkOrigin()
    await requireUser()
    const parsed = visitSchema.safeParse(visit)
    if (parsed.success) await markRoomVisited(parsed.data, parsed.data.newest)
  } catch (error) {
    if (!(error instanceof AppError)) throw error
  }
}
