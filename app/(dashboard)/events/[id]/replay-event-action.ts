'use server'

import { refresh } from 'next/cache'
import { checkOrigin } from '@/lib/auth/check-origin'
import { requireUser } from '@/lib/auth/current-user'
import { AppError } from '@/lib/errors'
import { log } from '@/lib/log'
import { replayEvent } from '@/lib/replay/replay-event'
import type { ReplayResult } from '@/components/events/replay-button'

const OUTCOMES = {
  applied: 'Replayed: the event was applied.',
  failed: 'Replayed, and it failed',
  unsupported: 'Replayed, and its type is not supported',
  invalid: 'Replayed, and its body does not fit the schema',
  duplicate: 'A duplicate is not projected: replay the event that it repeats.',
} as const

/** Hands one stored event to the projector again, in the name of whoever is signed in. */
export async function replayEventAction(id: string): Promise<ReplayResult> {
  try {
    await checkOrigin()
    const user = await requireUser()
    const { outcome, message } = await replayEvent(id, user.email)
    refresh()
    return {
      ok: outcome === 'applied',
      message: message ? `${OUTCOMES[outcome]}: ${message}` : OUTCOMES[outcome],
    }
  } catch (error) {
    if (error instanceof AppError) return { ok: false, message: error.message }
    log.error({ err: (error as Error).message, eventId: id }, 'a replay broke off')
    return {
      ok: false,
      message:
        'The replay broke off: the server’s log says why, and its attempts whether it was made.',
    }
  }
}
