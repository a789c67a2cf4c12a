/** The claims of a sample token, without `iat` and `exp`, which the sender adds. */
export type DeliveryClaims = {
  company_uuid: string
  user_uuid: string
  event_id: string
  api_key: string
  external_settings?: Record<string, unknown>
}

/**
 * What a receiver should make of a delivery. `accepted` is stored to be projected; `refused` is any
 * answer but 200, the status of which stands beside it.
 */
export type ExpectedOutcome = 'accepted' | 'duplicate' | 'invalid' | 'unsupported' | 'refused'

/** One webhook request of the sample traffic, before it is signed. */
export type Delivery = {
  eventType: string
  claims: DeliveryClaims
  /** The token's `iat`: whole seconds since 1970. Two deliveries of one second may share a token. */
  iat: number
  /** The exact JSON text. */
  body: string
  /** Sent instead of `body` where the point is bytes that no string has. */
  bytes?: Uint8Array
  /** Sent instead of `application/json`. */
  contentType?: string
  expected: { status: number; outcome: ExpectedOutcome }
  /** What is nasty about it; absent in ordinary traffic. */
  label?: string
}

export const ACCEPTED: Delivery['expected'] = { status: 200, outcome: 'accepted' }
export const UNSUPPORTED: Delivery['expected'] = { status: 200, outcome: 'unsupported' }
export const INVALID: Delivery['expected'] = { status: 200, outcome: 'invalid' }

/** The expectation of an answer that is not 200, with its HTTP status. */
export function refused(status: number): Delivery['expected'] {
  return { status, outcome: 'refused' }
}
