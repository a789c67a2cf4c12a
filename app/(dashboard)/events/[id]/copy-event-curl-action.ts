'use server'

import { headers } from 'next/headers'
import type { CurlResult } from '@/components/events/copy-curl-button'
import { checkOrigin } from '@/lib/auth/check-origin'
import { requireAdministrator } from '@/lib/auth/require-administrator'
import { env } from '@/lib/env'
import { AppError } from '@/lib/errors'
import { log } from '@/lib/log'
import { getEvent, type EventDetail } from '@/lib/queries/get-event'
import { getEventBody } from '@/lib/queries/get-event-body'
import { eventCurl } from '@/lib/redelivery/event-curl'
import { revealEventBody } from '@/lib/rooms/reveal-event-body'
import { webhookAddress } from '@/lib/webhook-address'

/**
 * Makes a command for an administrator that sends an event to Waggle's own webhook once more.
 *
 * @param reveal `true` from whoever has been told that the body of a deleted message's event is in it, and that
 *   who asks for that is recorded. Without it the command of such an event is refused.
 */
export async function copyEventCurlAction(id: unknown, reveal?: unknown): Promise<CurlResult> {
  try {
    await checkOrigin()
    await requireAdministrator()
    const known = typeof id === 'string' ? await getEvent(id) : null
    const body = known && (await readBody(known, reveal === true))
    if (!known || body === null) return { ok: false, message: 'There is no such event.' }
    const claims = JSON.parse(known.claims) as Record<string, unknown>
    const webhookUrl = webhookAddress(await headers(), env())
    return {
      ok: true,
      command: await eventCurl(webhookUrl, { claims, body }, env().INTEGRATION_UUID[0]!),
    }
  } catch (error) {
    if (error instanceof AppError) return { ok: false, message: error.message }
    log.error({ err: (error as Error).message }, 'the command of an event was not made')
    return { ok: false, message: 'The command was not made: the server’s log says why.' }
  }
}

async function readBody(event: EventDetail, reveal: boolean): Promise<string | null> {
  return event.textWithheld && reveal ? revealEventBody(event.id) : getEventBody(event.id)
}
