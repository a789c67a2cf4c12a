import type { RejectionReason } from '@/lib/event-log/rejection-reasons'

/** Why a delivery was turned away, and what somebody who misses it should look at. */
export type RejectionExplanation = { title: string; advice: string }

const SETTINGS = 'Compare the Integration UUID in JourneyBee with INTEGRATION_UUID here'

const EXPLANATIONS: Record<RejectionReason, RejectionExplanation> = {
  no_token: {
    title: 'No token',
    advice:
      'The request had no “Authorization: Bearer …” header. Either it did not come from JourneyBee, or a proxy in between removes the header.',
  },
  malformed_token: {
    title: 'Not a token',
    advice:
      'What stood in the Authorization header is no JSON Web Token, or far too long. JourneyBee does not send such; a proxy may have cut it.',
  },
  wrong_algorithm: {
    title: 'Token of another algorithm',
    advice:
      'Waggle takes HS256 only, which is what JourneyBee signs with. Something else is calling.',
  },
  wrong_signature: {
    title: 'Signed with another secret',
    advice: `${SETTINGS}. After a change of secret, list both, separated by a comma, until no event comes with the old one.`,
  },
  token_expired: {
    title: 'Token expired',
    advice:
      'The delivery came after its token had ended: it was sent late, sent again by hand, or this server’s clock is ahead.',
  },
  token_not_yet_valid: {
    title: 'Token not valid yet',
    advice: 'The token begins in the future: this server’s clock is probably behind.',
  },
  wrong_claims: {
    title: 'Claims missing',
    advice:
      'The signature is right, but the token lacks company_uuid, user_uuid or event_id, or one of its claims has a wrong form. Look at what signs it.',
  },
  wrong_method: {
    title: 'Not a POST',
    advice:
      'Somebody opened the webhook’s address, or checks whether it is there. Events come as POST.',
  },
  wrong_media_type: {
    title: 'Not declared as JSON',
    advice: 'The Content-Type must be application/json, in UTF-8. A proxy may have changed it.',
  },
  body_too_large: {
    title: 'Body too large',
    advice: 'The event is over MAX_BODY_BYTES. If it is genuine, raise that setting.',
  },
  body_too_slow: {
    title: 'Body too slow',
    advice: 'The body did not arrive in time: the network or a proxy in between is slow.',
  },
  body_incomplete: {
    title: 'Connection broke',
    advice:
      'The connection ended before the body did. A proxy in between may have a shorter limit.',
  },
  not_utf8: {
    title: 'Not UTF-8',
    advice:
      'The body holds bytes that are no UTF-8 text. A proxy may have re-encoded or compressed it.',
  },
  not_json: {
    title: 'Not JSON',
    advice: 'The token was right, but the body is not JSON. It may have been cut on its way.',
  },
  not_object: {
    title: 'Not a JSON object',
    advice: 'The token was right, but the body is a JSON list or a bare value; events are objects.',
  },
  queue_full: {
    title: 'Too much at once',
    advice:
      'More events arrived than the database could take, and the sender was asked to try again. Look at the database’s load and disk.',
  },
  database_unavailable: {
    title: 'Database out of reach',
    advice:
      'Events could not be stored, and the sender was asked to try again. Look at the database and DATABASE_URL.',
  },
  not_stored: {
    title: 'Refused by the database',
    advice: 'The database refused an event. The server’s log says why.',
  },
}

/** What a reason of the `rejection` table means to a person; one that a newer version wrote keeps its name. */
export function explainRejection(reason: string): RejectionExplanation {
  return Object.hasOwn(EXPLANATIONS, reason)
    ? EXPLANATIONS[reason as RejectionReason]
    : { title: reason, advice: 'This version of Waggle has no explanation for it.' }
}
