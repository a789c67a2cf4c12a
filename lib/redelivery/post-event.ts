import { FetchError } from '@/lib/fetching/fetch-error'
import { openAddress, type OpenedAddress } from '@/lib/fetching/open-address'
import type { Resolve } from '@/lib/fetching/checked-lookup'
import { log } from '@/lib/log'
import { readAnswerStart } from './read-answer-start'
import { unspeakable } from './redact-answer'
import { readRetryAfter } from './redelivery-delay'
import { redeliveryPolicy } from './redelivery-policy'
import { redeliveryToken } from './redelivery-token'

/** One request that carries an event. */
export type Posting = {
  address: string
  secret: string
  claims: Record<string, unknown>
  /** As it is stored. */
  body: string
  eventId: string
  deliveryId: string
  /** The first is 1. */
  attempt: number
}

/** What came of it. Without `errorCode` it was delivered. */
export type Answer = {
  httpStatus: number | null
  errorCode: string | null
  errorMessage: string | null
  /** Whether the same again may go better. */
  passing: boolean
  retryAfterMs: number | null
  /** The beginning of the answer's body, without the token and the secret; null when there was no answer. */
  response: string | null
  responseCut: boolean
  durationMs: number
}

/** The longest that a request takes until its answer has begun, in milliseconds. */
export const TOTAL_MS = 30_000

const LIMITS = {
  connectMs: 10_000,
  answerMs: 20_000,
  idleMs: 20_000,
  totalMs: TOTAL_MS,
  // No more than a beginning is read of it, however long it says to be.
  maxBytes: Infinity,
  maxRedirects: 0,
}

const PASSING_STATUS = new Set([408, 425, 429])

/**
 * Sends an event as JourneyBee would, through the one guarded door (docs/decisions/17), and never throws. Headers
 * carry ids of Waggle's own making only: an event's type and ids come from outside.
 *
 * @param resolve The machine's resolver unless given.
 */
export async function postEvent(
  posting: Posting,
  signal: AbortSignal,
  resolve?: Resolve,
): Promise<Answer> {
  const startedAt = performance.now()
  const passed = () => Math.round(performance.now() - startedAt)
  try {
    const token = await redeliveryToken(posting.claims, posting.secret)
    const opened = await open(posting, token, signal, resolve)
    const durationMs = passed()
    const { text, cut } = await readAnswerStart(opened, unspeakable(token, posting.secret))
    return { ...judge(opened, Date.now()), response: text, responseCut: cut, durationMs }
  } catch (error) {
    const { code, message, passing } = error instanceof FetchError ? error : notSent(error, posting)
    return {
      httpStatus: null,
      errorCode: code,
      errorMessage: message,
      passing,
      retryAfterMs: null,
      response: null,
      responseCut: false,
      durationMs: passed(),
    }
  }
}

// Nobody foresaw it, and it is not for the receiver: without the log nobody would hear of it.
function notSent(error: unknown, { eventId, deliveryId }: Posting) {
  const { name, message } = error instanceof Error ? error : new Error(String(error))
  log.error({ err: `${name}: ${message}`, eventId, deliveryId }, 'an event was not sent')
  return { code: 'not_sent', message: 'The request could not be made.', passing: false }
}

async function open(posting: Posting, token: string, signal: AbortSignal, resolve?: Resolve) {
  const body = Buffer.from(posting.body)
  return openAddress(posting.address, {
    policy: redeliveryPolicy(),
    limits: LIMITS,
    signal,
    resolve,
    request: {
      method: 'POST',
      body,
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'content-length': String(body.length),
        'waggle-event-id': posting.eventId,
        'waggle-delivery-id': posting.deliveryId,
        'waggle-attempt': String(posting.attempt),
      },
    },
  })
}

function judge({ status, headers }: OpenedAddress, now: number) {
  const told = { httpStatus: status, errorCode: null, errorMessage: null }
  if (status >= 200 && status < 300) return { ...told, passing: false, retryAfterMs: null }
  const passing = status >= 500 || PASSING_STATUS.has(status)
  return {
    httpStatus: status,
    errorCode: 'status',
    errorMessage: `It answered ${status}${meaning(status)}.`,
    passing,
    retryAfterMs: readRetryAfter(headers['retry-after'], now),
  }
}

function meaning(status: number): string {
  if (status >= 300 && status < 400) return ', a redirect: events are not sent on to where it leads'
  if (status === 401 || status === 403)
    return ': it does not accept the token; is its secret right?'
  if (status === 404 || status === 410) return ': there is nothing at this address'
  if (status === 429) return ': it is asked too often'
  return ''
}
