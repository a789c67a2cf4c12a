import { uuidv7 } from 'uuidv7'
import { requireAdministrator } from '@/lib/auth/require-administrator'
import { db, Prisma } from '@/lib/db'
import { isUuid } from '@/lib/is-uuid'
import { keyFingerprint, sealSecret } from '@/lib/secret-box'
import { readDestinationFields } from './destination-fields'
import { encryptionKey } from './encryption-key'
import { RedeliveryError } from './redelivery-error'

/** Fields as a form sent them: nothing is known of them yet. */
type Sent = Record<string, unknown>

/**
 * Keeps a new destination, its secret sealed.
 *
 * @returns its id.
 * @throws RedeliveryError for a field that is wrong, a name that is taken, or without an ENCRYPTION_KEY;
 *   UnauthenticatedError and ForbiddenError for who may not.
 */
export async function createDestination(sent: Sent): Promise<string> {
  const { email } = await requireAdministrator()
  const { secret, ...fields } = readDestinationFields(sent)
  if (secret === null) throw new RedeliveryError('The secret must have 8 to 500 characters.')
  const id = uuidv7()
  const data = { id, ...fields, ...seal(secret, id), createdBy: email, updatedBy: email }
  await orTaken(db().destination.create({ data, select: { id: true } }))
  return id
}

/**
 * Changes a destination; without a secret the stored one stays. What is on its way goes where it was going.
 *
 * @throws as createDestination does, and when there is none with this id.
 */
export async function updateDestination(id: string, sent: Sent): Promise<void> {
  const { email } = await requireAdministrator()
  const { secret, ...fields } = readDestinationFields(sent)
  const data = {
    ...fields,
    ...(secret !== null && seal(secret, id)),
    updatedBy: email,
    updatedAt: new Date(),
  }
  const where = { id: readId(id) }
  const { count } = await orTaken(db().destination.updateMany({ where, data }))
  if (count === 0) throw noDestination()
}

/**
 * Lets a destination be sent to, or not any more: its runs then wait.
 *
 * @throws RedeliveryError when there is none with this id; UnauthenticatedError, ForbiddenError.
 */
export async function setDestinationEnabled(id: string, enabled: boolean): Promise<void> {
  const { email } = await requireAdministrator()
  const data = { enabled, updatedBy: email, updatedAt: new Date() }
  const { count } = await db().destination.updateMany({ where: { id: readId(id) }, data })
  if (count === 0) throw noDestination()
}

export function noDestination(): RedeliveryError {
  return new RedeliveryError('There is no such destination.')
}

function seal(secret: string, id: string) {
  const key = encryptionKey()
  return {
    secretBox: new Uint8Array(sealSecret(secret, key, id)),
    keyFingerprint: keyFingerprint(key),
  }
}

function readId(id: unknown): string {
  if (typeof id === 'string' && isUuid(id)) return id
  throw noDestination()
}

async function orTaken<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work
  } catch (error) {
    const taken = error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002'
    if (!taken) throw error
    throw new RedeliveryError('Another destination has this name.', { cause: error })
  }
}
