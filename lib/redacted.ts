/** What a secret becomes before anything is written. */
export const REDACTED = '[redacted]'

/** Credentials that JourneyBee sends along, in the claims and at the top of the body (Authentication). */
export const SECRET_KEYS: readonly string[] = ['api_key', 'external_settings']
