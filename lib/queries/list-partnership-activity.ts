import { requireUser } from '@/lib/auth/current-user'
import { db, Prisma } from '@/lib/db'
import type { EventStatus } from '@/lib/generated/prisma/enums'
import { toPage, type Page, type PagePosition } from '@/lib/pagination'
import { describeEvents, type EventStory } from './describe-events'
import { byVersion, isPartnershipVersion, VERSION_AT, versionIs } from './event-versions'
import type { RecordKey } from './record-key'
import { decodeVersionCursor, versionCursor } from './version-cursor'

const PAGE = 20

/** What is listed: every event about the partnership, or the versions of its own profile. */
export type ActivityScope = 'everything' | 'profile'

/** An event about a partnership. `at` is when it was sent, `receivedAt` when it came. */
export type ActivityEvent = {
  seq: bigint
  id: string
  eventType: string
  status: EventStatus
  userUuid: string
  companyUuid: string
  partnershipUuid: string
  contactUuid: string | null
  messageUuid: string | null
  roomUuid: string | null
  at: Date
  receivedAt: Date
  duplicateOfId: string | null
  errorMessage: string | null
}

export type ActivityEntry = ActivityEvent & EventStory

export type ActivityPage = Page<ActivityEntry>

/**
 * A page of what happened to a partnership, the latest version first: an event that came late stands where it
 * belongs. What was received without effect stands among it; events that wait for the projector do not. Of
 * messages and contacts those are found whose event names the partnership.
 *
 * Reads at most 20 events and those just before them, whatever the length of the history.
 *
 * @throws UnauthenticatedError without a signed-in user.
 * @throws InvalidAddressError when the position is not one of this list's.
 */
export async function listPartnershipActivity(
  key: RecordKey,
  scope: ActivityScope,
  position: PagePosition,
  pageSize: number = PAGE,
): Promise<ActivityPage> {
  await requireUser()
  const cursor = position.before ?? position.after
  const backwards = position.before !== undefined
  const walk = {
    order: byVersion(backwards ? 'ASC' : 'DESC'),
    within:
      cursor === undefined
        ? Prisma.sql`TRUE`
        : versionIs(backwards ? '>' : '<', decodeVersionCursor(cursor)),
    limit: pageSize + 1,
  }
  const found = await db().$queryRaw<ActivityEvent[]>`
    WITH page AS MATERIALIZED (${walkHistory(key, scope, walk)})
    SELECT e.seq, e.id, e.event_type AS "eventType", e.status, e.user_uuid AS "userUuid",
      e.company_uuid AS "companyUuid", e.partnership_uuid AS "partnershipUuid",
      e.contact_uuid AS "contactUuid", e.message_uuid AS "messageUuid", e.room_uuid AS "roomUuid",
      ${VERSION_AT} AS at, e.received_at AS "receivedAt", e.duplicate_of_id AS "duplicateOfId",
      left(e.error_message, 500) AS "errorMessage"
    FROM page JOIN webhook_event e ON e.seq = page.seq ORDER BY ${walk.order}`
  const page = toPage(found, position, versionCursor, pageSize)
  const stories = await describeEvents(key, page.rows)
  return { ...page, rows: page.rows.map((event, index) => ({ ...event, ...stories[index]! })) }
}

type Walk = { order: Prisma.Sql; within: Prisma.Sql; limit: number }

// Each walk stops after a page of its index; what has effect and what has none are two indexes.
function walkHistory(key: RecordKey, scope: ActivityScope, walk: Walk): Prisma.Sql {
  const { order, within, limit } = walk
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
