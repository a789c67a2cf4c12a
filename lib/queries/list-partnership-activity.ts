import { requireUser } from '@/lib/auth/current-user'
import { db } from '@/lib/db'
import type { EventStatus } from '@/lib/generated/prisma/enums'
import { toPage, type Page, type PagePosition } from '@/lib/pagination'
import { describeEvents, type EventStory } from './describe-events'
import { byVersion, VERSION_AT } from './event-versions'
import { historyPage, type ActivityScope } from './history-page'
import type { RecordKey } from './record-key'
import { versionCursor } from './version-cursor'

const PAGE = 20

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
  const order = byVersion(position.before === undefined ? 'DESC' : 'ASC')
  const found = await db().$queryRaw<ActivityEvent[]>`
    WITH page AS MATERIALIZED (${historyPage(key, scope, position, pageSize + 1)})
    SELECT e.seq, e.id, e.event_type AS "eventType", e.status, e.user_uuid AS "userUuid",
      e.company_uuid AS "companyUuid", e.partnership_uuid AS "partnershipUuid",
      e.contact_uuid AS "contactUuid", e.message_uuid AS "messageUuid", e.room_uuid AS "roomUuid",
      ${VERSION_AT} AS at, e.received_at AS "receivedAt", e.duplicate_of_id AS "duplicateOfId",
      left(e.error_message, 500) AS "errorMessage"
    FROM page JOIN webhook_event e ON e.seq = page.seq ORDER BY ${order}`
  const page = toPage(found, position, versionCursor, pageSize)
  const stories = await describeEvents(key, page.rows)
  return { ...page, rows: page.rows.map((event, index) => ({ ...event, ...stories[index]! })) }
}
