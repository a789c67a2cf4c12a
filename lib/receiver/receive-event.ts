import { hash } from 'node:crypto'
import { env } from '@/lib/env'
import { DatabaseUnavailableError } from '@/lib/errors'
import type { AppendedEvent, NewEvent } from '@/lib/event-log/new-event'
import { recordRejection } from '@/lib/event-log/record-rejection'
import type { RejectionReason } from '@/lib/event-log/rejection-reasons'
import { log } from '@/lib/log'
import { parseEventBody } from '@/lib/schemas/event-body'
import { isEventType, type EventType } from '@/lib/schemas/event-types'
import { MAX_DEPTH, parseJsonObject } from '@/lib/schemas/parse-json-object'
import { storableText } from '@/lib/schemas/storable'
import { findSubject, guessSubject, type Subject } from './find-subject'
import { QueueFullError } from './group-commit'
import { isJsonContentType } from './is-json-content-type'
import { decodeUtf8, readBody, type DeliveryBody } from './read-body'
import { redactBody, redactClaims } from './redact'
import { storeEvent } from './store-event'
import { verifyToken, type VerifiedToken } from './verify-token'

/** Of a request what the receiver looks at: the web's own `Request` is one. */
export type Delivery = { headers: Pick<Headers, 'get'>; body: DeliveryBody | null }

export type ReceiveOutcome =
  | { outcome: 'stored'; id: string; status: AppendedEvent['status'] }
  | { outcome: 'rejected'; reason: RejectionReason }

const BODY_TIMEOUT_MS = 10_000
const MAX_MESSAGE_LENGTH = 2_000

/**
 * Receives a delivery: the token, then the bytes, then redaction, then the log. When the outcome is
 * `stored` the event is committed. What is authentic is stored even when its body makes no sense, because
 * the sender may never try again; what is not is only counted.
 */
export async function receiveEvent({ headers, body }: Delivery): Promise<ReceiveOutcome> {
  const startedAt = performance.now()
  const check = await verifyToken(headers.get('authorization'), env().INTEGRATION_UUID)
  if (!check.ok) return reject(check.reason, body)
  const encoding = headers.get('content-encoding')
  if (
    !isJsonContentType(headers.get('content-type')) ||
    (encoding && encoding.toLowerCase() !== 'identity')
  ) {
    return reject('wrong_media_type', body)
  }

  const { MAX_BODY_BYTES } = env()
  const read = await readBody(body, headers.get('content-length'), MAX_BODY_BYTES, BODY_TIMEOUT_MS)
  if (!read.ok) return reject(read.reason)
  const text = decodeUtf8(read.bytes)
  if (text === null) return reject('not_utf8')
  const parsed = parseJsonObject(text)
  if (!parsed.ok) return reject(parsed.reason)

  const event: NewEvent = {
    ...judge(check.verified.eventType, parsed.value, parsed.tooDeep),
    ...provenance(check.verified),
    body: redactBody(text, parsed.value),
    bodyHash: sha256(read.bytes),
    bodySize: read.bytes.byteLength,
    receivedAt: new Date(),
  }
  try {
    const { id, status, duplicateOfId } = await storeEvent(event)
    logReceived(event, id, status, duplicateOfId, startedAt)
    return { outcome: 'stored', id, status }
  } catch (error) {
    return reject(refusalOf(error))
  }
}

// zod runs out of stack over a body with some hundred thousand faults. It is authentic all the same, and
// what is authentic is stored.
function check<Type extends EventType>(eventType: Type, body: Record<string, unknown>) {
  try {
    return { code: 'schema_mismatch', ...parseEventBody(eventType, body) }
  } catch (error) {
    log.error({ err: error, eventType }, 'a body could not be checked')
    const message = 'The body could not be checked against its schema: it has too many faults.'
    return { ok: false, code: 'schema_error', message } as const
  }
}

// What the log knows from the body. The error's message never repeats a value.
type Judgement = Subject & Pick<NewEvent, 'status' | 'errorCode' | 'errorMessage'>

function judge(eventType: string, body: Record<string, unknown>, tooDeep: boolean): Judgement {
  if (!isEventType(eventType)) {
    return { ...guessSubject(body), status: 'unsupported', errorCode: null, errorMessage: null }
  }
  if (tooDeep) {
    const message = `The body is nested deeper than ${MAX_DEPTH} levels.`
    return invalid(body, 'too_deep', message)
  }
  const result = check(eventType, body)
  if (!result.ok) return invalid(body, result.code, result.message)
  const subject = findSubject(eventType, result.body)
  return { ...subject, status: 'pending', errorCode: null, errorMessage: null }
}

function invalid(body: Record<string, unknown>, errorCode: string, message: string): Judgement {
  const errorMessage = storableText(message).slice(0, MAX_MESSAGE_LENGTH)
  return { ...guessSubject(body), status: 'invalid', errorCode, errorMessage }
}

function provenance(verified: VerifiedToken) {
  return {
    eventType: storableText(verified.eventType),
    companyUuid: storableText(verified.companyUuid),
    userUuid: storableText(verified.userUuid),
    claims: redactClaims(verified.claims),
    tokenHash: sha256(verified.token),
    repeatable: verified.repeatable,
    tokenIat: verified.issuedAt,
    secretFingerprint: verified.secretFingerprint,
  }
}

function sha256(data: string | Buffer): Buffer {
  return hash('sha256', data, 'buffer')
}

function reject(reason: RejectionReason, unread?: Delivery['body']): ReceiveOutcome {
  recordRejection(reason)
  unread?.cancel().catch(() => undefined)
  return { outcome: 'rejected', reason }
}

function refusalOf(error: unknown): RejectionReason {
  if (error instanceof QueueFullError) return 'queue_full'
  if (error instanceof DatabaseUnavailableError) return 'database_unavailable'
  return 'not_stored'
}

// One wide line an event: everything to find it by, nothing of what is in it.
function logReceived(
  event: NewEvent,
  id: string,
  status: AppendedEvent['status'],
  duplicateOfId: string | null,
  startedAt: number,
): void {
  log.info(
    {
      event: id,
      type: event.eventType,
      company: event.companyUuid,
      status,
      ...(duplicateOfId && { duplicateOf: duplicateOfId }),
      ...(event.errorCode && { error: event.errorCode }),
      bytes: event.bodySize,
      ms: Math.round((performance.now() - startedAt) * 10) / 10,
    },
    'event received',
  )
}
