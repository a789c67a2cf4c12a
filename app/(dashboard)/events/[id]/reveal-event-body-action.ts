'use server'

import type { RevealResult } from '@/components/rooms/reveal-text'
import { checkOrigin } from '@/lib/auth/check-origin'
import { requireUser } from '@/lib/auth/current-user'
import { AppError } from '@/lib/errors'
import { log } from '@/lib/log'
import { revealEventBody } from '@/lib/rooms/reveal-event-body'

/** Shows an administrator the body of a deleted message's event, and keeps who has asked for it. */
export async function revealEventBodyAction(id: unknown): Promise<RevealResult> {
  try {
    await checkOrigin()
    await requireUser()
    const text = typeof id === 'string' ? await revealEventBody(id) : null
    if (text === null) return { ok: false, message: 'There is no such event.' }
    return { ok: true, text }
  } catch (error) {
    if (error instanceof AppError) return { ok: false, message: error.message }
    log.error({ err: (error as Error).message }, 'the body of an event was not revealed')
    return { ok: false, message: 'The body was not revealed: the server’s log says why.' }
  }
}
