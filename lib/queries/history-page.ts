import { Prisma } from '@/lib/db'
import type { PagePosition } from '@/lib/pagination'
import { byVersion, isPartnershipVersion, versionIs } from './event-versions'
import type { RecordKey } from './record-key'
import { decodeVersionCursor } from './version-cursor'

/** What is listed: every event about the partnership, or the versions of its own profile. */
export type ActivityScope = 'everything' | 'profile'

/**
 * SQL for the sequence numbers of a page of a partnership's history, by version. Each walk stops after `limit`
 * entries of its index, however deep the page lies; what has effect and what has none are two indexes.
 *
 * @throws InvalidAddressError when the position is not one of this list's.
 */
export function historyPage(
  key: RecordKey,
  scope: ActivityScope,
  position: PagePosition,
  limit: number,
): Prisma.Sql {
  const cursor = position.before ?? position.after
  const backwards = position.before !== undefined
  const order = byVersion(backwards ? 'ASC' : 'DESC')
  const within =
    cursor === undefined
      ? Prisma.sql`TRUE`
      : versionIs(backwards ? '>' : '<', decodeVersionCursor(cursor))
  const ofPartnership = Prisma.sql`e.company_uuid = ${key.companyUuid} AND e.partnership_uuid = ${key.uuid}`
  const walkOf = (condition: Prisma.Sql) => Prisma.sql`
    (SELECT e.seq, e.token_iat, e.received_at FROM webhook_event e
     WHERE ${condition} AND ${within} ORDER BY ${order} LIMIT ${limit})`
  if (scope === 'profile') return walkOf(isPartnershipVersion(key))
  return Prisma.sql`
    SELECT e.seq FROM (
      ${walkOf(Prisma.sql`e.status = 'applied' AND ${ofPartnership}`)}
      UNION ALL
      ${walkOf(Prisma.sql`e.status IN ('failed', 'invalid', 'unsupported', 'duplicate')
        AND ${ofPartnership}`)}
    ) e ORDER BY ${order} LIMIT ${limit}`
}
