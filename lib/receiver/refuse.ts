import type { RejectionReason } from '@/lib/event-log/rejection-reasons'

type Refusal = { status: number; error: string; message: string; headers?: HeadersInit }

// One answer for everything that is wrong with a token: which part it was helps only who guesses.
const UNAUTHENTICATED: Refusal = {
  status: 401,
  error: 'unauthenticated',
  message: 'A valid bearer token is required.',
  headers: { 'WWW-Authenticate': 'Bearer' },
}

const UNAVAILABLE: Refusal = {
  status: 503,
  error: 'unavailable',
  message: 'The event was not stored. Send it again in a moment.',
  headers: { 'Retry-After': '5' },
}

const REFUSALS: Record<RejectionReason, Refusal> = {
  no_token: UNAUTHENTICATED,
  malformed_token: UNAUTHENTICATED,
  wrong_algorithm: UNAUTHENTICATED,
  wrong_signature: UNAUTHENTICATED,
  token_expired: UNAUTHENTICATED,
  token_not_yet_valid: UNAUTHENTICATED,
  wrong_claims: UNAUTHENTICATED,
  wrong_method: {
    status: 405,
    error: 'method_not_allowed',
    message: 'Send events with POST.',
    headers: { Allow: 'POST' },
  },
  wrong_media_type: {
    status: 415,
    error: 'unsupported_media_type',
    message: 'Send the event as application/json in UTF-8, without a content encoding.',
  },
  body_too_large: {
    status: 413,
    error: 'body_too_large',
    message: 'The body is larger than this server accepts.',
  },
  body_too_slow: {
    status: 408,
    error: 'body_too_slow',
    message: 'The body did not arrive in time.',
  },
  body_incomplete: {
    status: 400,
    error: 'body_incomplete',
    message: 'The body ended before it was complete.',
  },
  not_utf8: { status: 400, error: 'not_utf8', message: 'The body is not UTF-8.' },
  not_json: { status: 400, error: 'not_json', message: 'The body is not JSON.' },
  not_object: { status: 400, error: 'not_object', message: 'The body is not a JSON object.' },
  queue_full: UNAVAILABLE,
  database_unavailable: UNAVAILABLE,
  not_stored: { status: 500, error: 'not_stored', message: 'The event could not be stored.' },
}

/** The answer to a delivery that was not stored (design, section 4): status, headers and a JSON body. */
export function refuse(reason: RejectionReason): Response {
  const { status, error, message, headers } = REFUSALS[reason]
  return Response.json({ error, message }, { status, headers })
}
