/** Why a delivery was turned away at the door, and what the page about rejections says of it. */
export const REJECTION_REASONS = {
  no_token: 'No bearer token in the Authorization header',
  malformed_token: 'The token is not a well-formed JWT, or too long',
  wrong_algorithm: 'The token is not signed with HS256',
  wrong_signature: 'The token was signed with another secret',
  token_expired: 'The token has expired',
  token_not_yet_valid: 'The token is not valid yet',
  wrong_claims: 'The token lacks a claim, or one has a wrong form',
  wrong_method: 'Not a POST request',
  wrong_media_type: 'The body is not declared as UTF-8 JSON',
  body_too_large: 'The body is over the size limit',
  body_too_slow: 'The body did not arrive in time',
  body_incomplete: 'The connection broke before the end of the body',
  not_utf8: 'The body is not UTF-8',
  not_json: 'The body is not JSON',
  not_object: 'The body is JSON, but not an object',
  queue_full: 'Refused for a moment: more events than the database takes',
  database_unavailable: 'Refused for a moment: the database was out of reach',
  not_stored: 'The database refused to store the event',
} as const satisfies Record<string, string>

export type RejectionReason = keyof typeof REJECTION_REASONS
