import http from 'node:http'
import https from 'node:https'
import { setTimeout as delay } from 'node:timers/promises'
import type { Delivery } from '@/lib/samples/delivery'

/** The receiver's answer, or null when there was none; `error` then says why, as a system error code. */
export type Answer = {
  status: number | null
  body: string
  error: string | null
  /** How often it was sent again, after a 503 or a broken connection. */
  retries: number
  /** True when a connection broke after sending: the receiver may have stored that attempt too. */
  maybeStoredBefore: boolean
}

export type Target = { url: URL; agent: http.Agent }

type Attempt = { status: number | null; body: string; error: string | null; retryAfter: number }

const MAX_RETRIES = 8
const FIRST_PAUSE_MS = 250
const LONGEST_PAUSE_MS = 30_000
const TIMEOUT_MS = 30_000

/** Keep-alive connections to the receiver; as many as deliveries may be under way at once. */
export function openTarget(url: URL, connections: number): Target {
  const Agent = url.protocol === 'https:' ? https.Agent : http.Agent
  return { url, agent: new Agent({ keepAlive: true, maxSockets: connections }) }
}

/**
 * Posts one signed delivery. A 503 is sent again after its Retry-After (seconds, RFC 9110), a broken
 * connection after a growing pause; what is refused in any other way is not. Never throws.
 */
export async function postDelivery(
  target: Target,
  delivery: Delivery,
  token: string,
  signal: AbortSignal,
): Promise<Answer> {
  let maybeStoredBefore = false
  for (let retries = 0; ; retries++) {
    const { retryAfter, ...attempt } = await postOnce(target, delivery, token)
    const temporary = attempt.status === 503 || attempt.status === null
    // Nobody listens: another attempt within seconds would not change that.
    const hopeless = attempt.error === 'ECONNREFUSED' || attempt.error === 'ENOTFOUND'
    if (!temporary || hopeless || retries === MAX_RETRIES || signal.aborted) {
      return { ...attempt, retries, maybeStoredBefore }
    }
    if (attempt.status === null) maybeStoredBefore = true
    const pause = retryAfter > 0 ? retryAfter * 1000 : FIRST_PAUSE_MS * 2 ** retries
    await delay(Math.min(pause, LONGEST_PAUSE_MS), undefined, { signal }).catch(() => undefined)
  }
}

function postOnce({ url, agent }: Target, delivery: Delivery, token: string): Promise<Attempt> {
  const content = delivery.bytes ?? Buffer.from(delivery.body)
  const { request } = url.protocol === 'https:' ? https : http
  return new Promise((resolve) => {
    const failed = (error: NodeJS.ErrnoException) =>
      resolve({ status: null, body: '', error: error.code ?? error.message, retryAfter: 0 })
    const outgoing = request(
      url,
      {
        agent,
        method: 'POST',
        timeout: TIMEOUT_MS,
        headers: {
          Authorization: `Bearer ${token}`,
          'Content-Type': delivery.contentType ?? 'application/json',
          'Content-Length': content.length,
        },
      },
      (response) => {
        let body = ''
        response.setEncoding('utf8')
        response.on('data', (text: string) => (body += text))
        response.on('error', failed)
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? null,
            body,
            error: null,
            retryAfter: Number(response.headers['retry-after']) || 0,
          }),
        )
      },
    )
    outgoing.on('timeout', () =>
      outgoing.destroy(Object.assign(new Error('no answer in time'), { code: 'ETIMEDOUT' })),
    )
    // After a 413 the receiver may close while the rest is still being written: the answer counts.
    outgoing.on('error', failed)
    outgoing.end(content)
  })
}
