import { requireUser } from '@/lib/auth/current-user'
import { db } from '@/lib/db'
import { env } from '@/lib/env'
import { isUuid } from '@/lib/is-uuid'
import { isSealedWith } from '@/lib/secret-box'

/** A destination, without its secret. */
export type DestinationRow = {
  id: string
  name: string
  address: string
  order: 'in_order' | 'parallel'
  atOnce: number
  ratePerSecond: number | null
  enabled: boolean
  /** Whether its secret was stored with the key of this process. */
  secretReadable: boolean
  createdBy: string
  createdAt: Date
  updatedBy: string
  updatedAt: Date
}

const COLUMNS = {
  id: true,
  name: true,
  address: true,
  order: true,
  atOnce: true,
  ratePerSecond: true,
  enabled: true,
  keyFingerprint: true,
  createdBy: true,
  createdAt: true,
  updatedBy: true,
  updatedAt: true,
} as const

/**
 * All destinations by name: people make them one by one.
 *
 * @throws UnauthenticatedError without a signed-in user.
 */
export async function listDestinations(): Promise<DestinationRow[]> {
  await requireUser()
  const found = await db().destination.findMany({ orderBy: { name: 'asc' }, select: COLUMNS })
  return found.map(toRow)
}

/**
 * One destination; null when there is none with this id.
 *
 * @throws UnauthenticatedError without a signed-in user.
 */
export async function findDestination(id: string): Promise<DestinationRow | null> {
  await requireUser()
  if (!isUuid(id)) return null
  const found = await db().destination.findUnique({ where: { id }, select: COLUMNS })
  return found && toRow(found)
}

function toRow<Found extends { keyFingerprint: string }>({ keyFingerprint, ...row }: Found) {
  return { ...row, secretReadable: isSealedWith(env().ENCRYPTION_KEY, keyFingerprint) }
}
