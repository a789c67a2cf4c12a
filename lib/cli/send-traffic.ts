import { setTimeout as delay } from 'node:timers/promises'
import type { Delivery } from '@/lib/samples/delivery'
import { signDelivery } from '@/lib/samples/sign-delivery'
import { openTarget, postDelivery, type Answer } from './post-delivery'
import { emptySummary, recordAnswer, type SendSummary } from './send-summary'

export type SendOptions = {
  url: URL
  secret: string
  /** How many deliveries may be under way at once. */
  concurrency: number
  /** Deliveries a second; without it as fast as they are answered. */
  rate?: number
  signal: AbortSignal
  onProgress: (sent: number) => void
}

/** Why nothing of a run could succeed: one sentence for the person who started it. */
export class SendError extends Error {
  override name = 'SendError'
}

// Long enough for a slow run.
const TOKEN_LIFE_SECONDS = 86_400

/**
 * Sends deliveries over real HTTP. They are begun in their order; up to `concurrency` are under way, so
 * only neighbours can overtake each other by chance.
 *
 * @throws SendError when nobody listens at the address, or the receiver refuses the secret.
 */
export async function sendTraffic(
  deliveries: Iterable<Delivery>,
  { url, secret, concurrency, rate, signal, onProgress }: SendOptions,
): Promise<SendSummary> {
  const target = openTarget(url, concurrency)
  const summary = emptySummary()
  const started = performance.now()
  // One for the whole run, so that a repeated delivery has the token of the first.
  const expiresAt = Math.floor(Date.now() / 1000) + TOKEN_LIFE_SECONDS
  const queue = deliveries[Symbol.iterator]()
  const failure = new AbortController()
  const stop = AbortSignal.any([signal, failure.signal])
  let begun = 0

  const work = async () => {
    while (!stop.aborted) {
      const { value: delivery, done } = queue.next()
      if (done) return
      if (rate) await waitUntil(started + (begun++ * 1000) / rate, stop)
      if (stop.aborted) return
      const token = await signDelivery(delivery, secret, expiresAt)
      const answer = await postDelivery(target, delivery, token, stop)
      const reason = hopelessReason(answer, url)
      if (reason) return failure.abort(new SendError(reason))
      recordAnswer(summary, delivery, answer)
      onProgress(summary.sent)
    }
  }
  try {
    await Promise.all(Array.from({ length: concurrency }, work))
  } finally {
    target.agent.destroy()
  }
  if (failure.signal.aborted) throw failure.signal.reason
  return summary
}

function hopelessReason({ status, error }: Answer, url: URL): string | null {
  if (error === 'ECONNREFUSED') {
    return `Nothing answers at ${url.origin}. Is Waggle running? Start it with: npm start`
  }
  if (error === 'ENOTFOUND' || error === 'EAI_AGAIN') {
    return `The host ${url.hostname} is not known. Check --url.`
  }
  if (status === 401) {
    return (
      `${url.origin} refused the token (401): its INTEGRATION_UUID is another secret. ` +
      'Give it with --secret, or run this where the same .env is.'
    )
  }
  if (status === 404 || status === 405) {
    return `There is no webhook receiver at ${url.href} (${status}). Check --url.`
  }
  return null
}

async function waitUntil(time: number, signal: AbortSignal): Promise<void> {
  const pause = time - performance.now()
  if (pause > 1) await delay(pause, undefined, { signal }).catch(() => undefined)
}
