import { requireUser } from '@/lib/auth/current-user'
import { db, Prisma } from '@/lib/db'
import type { PartnershipRow } from '@/lib/projections/changes'
import {
  byVersion,
  isPartnershipVersion,
  VERSION_AT,
  versionIs,
  type EventVersion,
} from './event-versions'
import { readSnapshots } from './read-snapshots'
import type { RecordKey } from './record-key'

/** The event whose snapshot a state of a partnership is. */
export type VersionEvent = EventVersion & { id: string }

/** A partnership folded from the log, and the event that won. */
export type FoldedPartnership = { row: PartnershipRow; event: VersionEvent }

/**
 * The partnership as the read model would be after folding the log up to a version, that one included, or
 * all of it. A partner event is a full snapshot, so that two events tell: the latest one and the earliest.
 *
 * @returns null when no partner event had been sent by then.
 * @throws UnauthenticatedError without a signed-in user.
 */
export async function foldPartnership(
  key: RecordKey,
  upTo?: EventVersion,
): Promise<FoldedPartnership | null> {
  await requireUser()
  const within = upTo ? versionIs('<=', upTo) : Prisma.sql`TRUE`
  const [[event], [first]] = await Promise.all([
    versionAtEnd(key, 'DESC', within),
    versionAtEnd(key, 'ASC', within),
  ])
  if (!event || !first) return null
  const changes = (await readSnapshots([event.seq])).get(event.seq)
  const row = changes?.partnerships.find(({ uuid }) => uuid === key.uuid)
  return row ? { row: { ...row, firstEventAt: first.at }, event } : null
}

function versionAtEnd(key: RecordKey, order: 'ASC' | 'DESC', within: Prisma.Sql) {
  return db().$queryRaw<VersionEvent[]>`
    SELECT e.id, e.seq, ${VERSION_AT} AS at FROM webhook_event e
    WHERE ${isPartnershipVersion(key)} AND ${within}
    ORDER BY ${byVersion(order)} LIMIT 1`
}
