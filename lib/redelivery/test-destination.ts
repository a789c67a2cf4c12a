import { uuidv7 } from 'uuidv7'
import { requireAdministrator } from '@/lib/auth/require-administrator'
import { db } from '@/lib/db'
import { isUuid } from '@/lib/is-uuid'
import { openSecret } from '@/lib/secret-box'
import { encryptionKey } from './encryption-key'
import { postEvent, type Answer } from './post-event'
import { noDestination } from './write-destinations'

/** The type of a test event. No receiver of JourneyBee's events knows it, so that none takes it for a partner. */
export const TEST_EVENT_TYPE = 'waggle_test'

/**
 * Sends an event of Waggle's own making to a destination, once, also while it is disabled. It is no part of the
 * log.
 *
 * @throws RedeliveryError when there is no such destination or no ENCRYPTION_KEY; SecretUnreadableError;
 *   UnauthenticatedError and ForbiddenError for who may not.
 */
export async function testDestination(id: string): Promise<Answer> {
  await requireAdministrator()
  if (!isUuid(id)) throw noDestination()
  const destination = await db().destination.findUnique({
    where: { id },
    select: { address: true, secretBox: true },
  })
  if (!destination) throw noDestination()
  const claims = { company_uuid: 'company_test', user_uuid: 'user_test', event_id: TEST_EVENT_TYPE }
  const eventId = uuidv7()
  return postEvent(
    {
      address: destination.address,
      secret: openSecret(destination.secretBox, encryptionKey(), id),
      claims,
      body: JSON.stringify({ test: true, configuration: [] }),
      eventId,
      deliveryId: `test.${eventId}`,
      attempt: 1,
    },
    new AbortController().signal,
  )
}
