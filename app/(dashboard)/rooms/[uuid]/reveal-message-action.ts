'use server'

import { refresh } from 'next/cache'
import { checkOrigin } from '@/lib/auth/check-origin'
import { requireUser } from '@/lib/auth/current-user'
import { AppError } from '@/lib/errors'
import { log } from '@/lib/log'
import { revealMessage } from '@/lib/rooms/reveal-message'
import { recordKeySchema } from '@/lib/schemas/record-key'
import { identifier } from '@/lib/schemas/primitives'
import type { RevealResult } from '@/components/rooms/reveal-text'

const keySchema = recordKeySchema.extend({ roomUuid: identifier })

/** Shows an administrator what a deleted message said, and keeps who has asked for it. */
export async function revealMessageAction(message: unknown): Promise<RevealResult> {
  try {
    await checkOrigin()
    await requireUser()
    const key = keySchema.safeParse(message)
    const text = key.success ? await revealMessage(key.data) : null
    if (text === null) return { ok: false, message: 'There is no such deleted message.' }
    refresh()
    return { ok: true, text }
  } catch (error) {
    if (error instanceof AppError) return { ok: false, message: error.message }
    log.error({ err: (error as Error).message }, 'a message was not revealed')
    return { ok: false, message: 'The text was not revealed: the server’s log says why.' }
  }
}
