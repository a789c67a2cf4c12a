'use server'

import { refresh } from 'next/cache'
import { checkOrigin } from '@/lib/auth/check-origin'
import { requireUser } from '@/lib/auth/current-user'
import { webhookUrl } from '@/lib/cli/send-settings'
import { SendError, sendTraffic } from '@/lib/cli/send-traffic'
import { env } from '@/lib/env'
import { AppError } from '@/lib/errors'
import { log } from '@/lib/log'
import { generateTraffic } from '@/lib/samples/generate-traffic'

const SAMPLES = { seed: 7, partnerships: 6, messages: 40 }
const CONCURRENCY = 4
const PATIENCE_MS = 20_000

/**
 * Sends sample events over HTTP to this server's own webhook, signed as JourneyBee's are: what then shows
 * has gone the whole way. Always to the address that this server listens at, never to one that a request
 * names.
 */
export async function sendSampleEvents(): Promise<{ ok: boolean; message: string }> {
  try {
    await checkOrigin()
    await requireUser()
    const settings = env()
    const signal = AbortSignal.timeout(PATIENCE_MS)
    const summary = await sendTraffic(generateTraffic({ ...SAMPLES, now: Date.now() }), {
      url: webhookUrl(undefined, settings),
      secret: settings.INTEGRATION_UUID[0]!,
      concurrency: CONCURRENCY,
      signal,
      onProgress: () => undefined,
    })
    refresh()
    if (signal.aborted) {
      const seconds = PATIENCE_MS / 1_000
      return {
        ok: false,
        message: `Only ${summary.sent} samples could be sent within ${seconds} seconds.`,
      }
    }
    const { error, refused } = summary.counts
    if (error + refused > 0) {
      return {
        ok: false,
        message: `${error + refused} of ${summary.sent} samples were not stored.`,
      }
    }
    return { ok: true, message: `Sent ${summary.sent} sample events.` }
  } catch (error) {
    if (error instanceof AppError || error instanceof SendError) {
      return { ok: false, message: error.message }
    }
    log.error({ err: (error as Error).message }, 'the samples could not be sent')
    return { ok: false, message: 'The samples could not be sent: the server’s log says why.' }
  }
}
