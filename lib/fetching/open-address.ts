import type { IncomingHttpHeaders } from 'node:http'
import { finished } from 'node:stream'
import { FetchError } from './fetch-error'
import { checkAddress } from './fetch-policy'
import { takeSlot } from './fetch-slots'
import { limitedBody } from './limited-body'
import { sendOnce, toFetchError, type Answer, type FetchOptions } from './send-once'

/** An answer from outside. `body` may be read once; whoever does not read it to its end calls `close`. */
export type OpenedAddress = {
  status: number
  headers: IncomingHttpHeaders
  /** Bytes that the sender says will come, or null; never to be relied on. */
  statedBytes: number | null
  body: AsyncIterable<Buffer>
  close: () => void
}

const REDIRECTS = new Set([301, 302, 303, 307, 308])

/**
 * Asks an address that somebody else named: the one way in which Waggle follows a link from outside. Each
 * address on the way, redirects included, is checked against the policy before and inside the connection;
 * time, size and number are limited (see FetchLimits and MAX_OPEN). Only GET and HEAD follow redirects.
 *
 * @returns Any answer that is no redirect to be followed, whatever its status.
 * @throws FetchError, here or while the body is read.
 */
export async function openAddress(address: string, options: FetchOptions): Promise<OpenedAddress> {
  const release = takeSlot()
  const ending = new AbortController()
  const { limits, signal } = options
  const stop = () => ending.abort(new FetchError('stopped', 'The fetch was stopped.'))
  const late = () => ending.abort(new FetchError('too_slow', 'It took too long altogether.'))
  const timer = setTimeout(late, limits.totalMs)
  signal?.addEventListener('abort', stop)
  const close = () => {
    clearTimeout(timer)
    signal?.removeEventListener('abort', stop)
    release()
  }
  try {
    if (signal?.aborted) stop()
    const answer = await follow(address, options, ending.signal)
    const { response } = answer
    // However it ends, and if it has ended by now: read, closed, broken off by a limit.
    finished(response, close)
    try {
      const stated = response.headers['content-length']
      return {
        status: response.statusCode ?? 0,
        headers: response.headers,
        statedBytes: stated && /^\d{1,15}$/.test(stated) ? Number(stated) : null,
        body: explained(bodyOf(answer, options), answer),
        close: stop,
      }
    } catch (error) {
      answer.end()
      throw error
    }
  } catch (error) {
    close()
    throw toFetchError(error)
  }
}

// What became of something that was posted is said by the status, also where the body can't be read.
function bodyOf({ response }: Answer, { limits, request }: FetchOptions): AsyncIterable<Buffer> {
  const open = () => limitedBody(response, limits.maxBytes)
  return request?.method === 'POST' ? whenRead(open) : open()
}

async function* whenRead(open: () => AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield* open()
}

async function follow(
  address: string,
  options: FetchOptions,
  signal: AbortSignal,
): Promise<Answer> {
  const { policy, limits, request } = options
  let url = checkAddress(address, policy)
  for (let redirects = 0; ; redirects++) {
    const answer = await sendOnce(url, options, signal)
    const { statusCode = 0, headers } = answer.response
    if (!REDIRECTS.has(statusCode) || headers.location === undefined) return answer
    if (request?.method === 'POST') return answer
    answer.end()
    if (redirects >= limits.maxRedirects) {
      throw new FetchError('too_many_redirects', 'It leads on and on to other addresses.')
    }
    if (!URL.canParse(headers.location, url)) {
      throw new FetchError('bad_address', 'It leads on to something that is no address.')
    }
    url = checkAddress(new URL(headers.location, url).href, policy)
  }
}

// A limit ends the connection, and what reads the body hears only of its end, or of nothing at all: a part
// must never pass for the whole.
async function* explained(body: AsyncIterable<Buffer>, answer: Answer): AsyncGenerator<Buffer> {
  try {
    yield* body
    const whole = answer.response.complete && answer.failure() === null
    if (!whole) throw new FetchError('bad_answer', 'The answer was broken off.')
  } catch (error) {
    throw answer.failure() ?? toFetchError(error)
  } finally {
    answer.end()
  }
}
