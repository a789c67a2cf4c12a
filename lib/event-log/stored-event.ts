/** What the projections get of a stored event: everything that the fold may depend on, and nothing else. */
export type StoredEvent = {
  seq: bigint
  id: string
  eventType: string
  companyUuid: string
  userUuid: string
  body: string
  tokenIat: Date | null
  receivedAt: Date
}
