'use server'

import { refresh } from 'next/cache'
import type { ActionResult } from '@/components/ui/action-result'
import { checkOrigin } from '@/lib/auth/check-origin'
import { requireUser } from '@/lib/auth/current-user'
import { AppError } from '@/lib/errors'
import { log } from '@/lib/log'
import { createUpkeep } from '@/lib/replay/upkeep/create-upkeep'
import { controlRun } from '@/lib/replay/control-run'

/** Asks for a rebuild of the read model. */
export async function rebuildAction(): Promise<ActionResult> {
  return told(async (email) => {
    await createUpkeep('rebuild', email)
    return 'The rebuild has been asked for.'
  })
}

/** Asks for a check of parity. */
export async function checkParityAction(): Promise<ActionResult> {
  return told(async (email) => {
    await createUpkeep('parity', email)
    return 'The check has been asked for.'
  })
}

/** Cancels a rebuild or a check. */
export async function cancelUpkeepAction(id: string): Promise<ActionResult> {
  return told(async () => {
    await controlRun(id, 'cancel')
    return 'It was cancelled.'
  })
}

async function told(work: (email: string) => Promise<string>): Promise<ActionResult> {
  try {
    await checkOrigin()
    const message = await work((await requireUser()).email)
    refresh()
    return { ok: true, message }
  } catch (error) {
    if (error instanceof AppError) return { ok: false, message: error.message }
    log.error({ err: (error as Error).message }, 'upkeep could not be asked for')
    return { ok: false, message: 'Nothing was done: the server’s log says why.' }
  }
}
