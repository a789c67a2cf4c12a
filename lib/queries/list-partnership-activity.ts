import { requireUser } from '@/lib/auth/current-user'
import { db, Prisma } from '@/lib/db'
import { InvalidAddressError } from '@/lib/errors'
import type { EventStatus } from '@/lib/generated/prisma/enums'
import { toPage, type Page, type PagePosition } from '@/lib/pagination'
import { describeEvents, SHOWN_LINES, type EventStory } from './describe-events'
import { byVersion, VERSION_AT } from './event-versions'
import { historyPage, type ActivityScope } from './history-page'
import type { RecordKey } from './record-key'
import { isEventId } from '@/lib/schemas/is-event-id'
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
 * Reads at most 20 events and those just before them, and of their bodies at most 4 MiB each, whatever the length of
 * the history.
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
    SELECT ${EVENT_COLUMNS}
    FROM page JOIN webhook_event e ON e.seq = page.seq ORDER BY ${order}`
  const page = toPage(found, position, versionCursor, pageSize)
  const stories = await describeEvents(key, page.rows)
  return { ...page, rows: page.rows.map((event, index) => ({ ...event, ...stories[index]! })) }
}

const EVENT_COLUMNS = Prisma.sql`
  e.seq, e.id, e.event_type AS "eventType", e.status, e.user_uuid AS "userUuid",
      e.company_uuid AS "companyUuid", e.partnership_uuid AS "partnershipUuid",
      e.contact_uuid AS "contactUuid", e.message_uuid AS "messageUuid", e.room_uuid AS "roomUuid",
      ${VERSION_AT} AS at, e.received_at AS "receivedAt", e.duplicate_of_id AS "duplicateOfId",
      left(e.error_message, 500) AS "errorMessage"`

/** One event of the activity with a page of its changes: those after the first `skip`. */
export type EventChanges = { entry: ActivityEntry; skip: number; next: number | null }

/**
 * What one event about a partnership changed, a hundred changes at a time.
 *
 * @throws UnauthenticatedError without a signed-in user.
 * @throws InvalidAddressError when there is no such event about this partnership.
 */
export async function listEventChanges(
  key: RecordKey,
  eventId: string,
  skip: number,
): Promise<EventChanges> {
  await requireUser()
  const [event] = isEventId(eventId)
    ? await db().$queryRaw<ActivityEvent[]>`
        SELECT ${EVENT_COLUMNS} FROM webhook_event e
        WHERE e.id = ${eventId}::uuid AND e.company_uuid = ${key.companyUuid}
          AND e.partnership_uuid = ${key.uuid}`
    : []
  const [story] = event ? await describeEvents(key, [event], skip) : []
  if (!event || !story) {
    throw new InvalidAddressError('“event” names no event about this partnership.')
  }
  const { content } = story
  const diffs =
    content.kind === 'partnership'
      ? [content.diff]
      : content.kind === 'contacts'
        ? content.contacts.map(({ diff }) => diff)
        : []
  const isMore = diffs.some(({ more }) => more > 0)
  return { entry: { ...event, ...story }, skip, next: isMore ? skip + SHOWN_LINES : null }
}
