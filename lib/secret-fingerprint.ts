import { createHash } from 'node:crypto'

/** What a secret is called where it must not be told: the first 16 hex digits of its SHA-256. */
export function secretFingerprint(secret: string): string {
  return createHash('sha256').update(secret).digest('hex').slice(0, 16)
}
