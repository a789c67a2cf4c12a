/** An authentic delivery, redacted and ready to be stored. All texts must be storable in Postgres. */
export type NewEvent = {
  eventType: string
  companyUuid: string
  userUuid: string
  partnershipUuid: string | null
  contactUuid: string | null
  messageUuid: string | null
  roomUuid: string | null
  /** The raw text as received, apart from redaction. */
  body: string
  claims: Record<string, unknown>
  /** SHA-256 of the token, and of the body's bytes as received. */
  tokenHash: Buffer
  bodyHash: Buffer
  /** Whether the token has an `iat` or a `jti`: only then are two equal deliveries one event. */
  repeatable: boolean
  tokenIat: Date | null
  /** The first 16 hex digits of the SHA-256 of the secret that verified the token. */
  secretFingerprint: string
  /** Bytes as received. */
  bodySize: number
  receivedAt: Date
  status: 'pending' | 'unsupported' | 'invalid'
  errorCode: string | null
  errorMessage: string | null
}

/** What became of it. `duplicateOfId` names the event that it repeats. */
export type AppendedEvent = {
  id: string
  status: NewEvent['status'] | 'duplicate'
  duplicateOfId: string | null
}
