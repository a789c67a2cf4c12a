import { env } from '@/lib/env'
import { RedeliveryError } from './redelivery-error'

/**
 * The key that the secrets of destinations are sealed with.
 *
 * @throws RedeliveryError when the settings have none.
 */
export function encryptionKey(): string {
  const key = env().ENCRYPTION_KEY
  if (key) return key
  throw new RedeliveryError(
    'ENCRYPTION_KEY is not set, so that no secret can be stored or read: start Waggle with npm start, which ' +
      'generates one, or set it to the key that was used before.',
  )
}
