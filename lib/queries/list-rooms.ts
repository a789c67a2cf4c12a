import { requireUser } from '@/lib/auth/current-user'
import { db, Prisma } from '@/lib/db'
import { PAGE_SIZE, toPage, type Page, type PagePosition } from '@/lib/pagination'
import type { BoundedCount } from './count-up-to'
import { roomCondition, type RoomFilters } from './room-filters'
import { roomKeys, roomOrder } from './room-keys'
import { timeCursor } from './time-cursor'

/** The newest message of a room. `excerpt` is null when it was deleted or has no text. */
export type LastMessage = {
  uuid: string
  excerpt: string | null
  attachmentCount: number
  deleted: boolean
  createdAt: Date
  authorFirstName: string | null
  authorLastName: string | null
  authorEmail: string | null
}

// Of so many messages before the newest one that was read those count as unread that have arrived since: an
// edit has too, but is no new message.
const LATE_AMONG = 200

/**
 * A room as the list shows it. `messageCount` and `attachmentCount` leave deleted messages out; `unread`
 * counts those that are newer than the newest one at the reader's last visit or arrived after it, all of them
 * before the first.
 */
export type RoomRow = {
  companyUuid: string
  uuid: string
  partnershipUuid: string | null
  partnershipReceived: boolean
  partnershipName: string | null
  partnerType: string | null
  messageCount: number
  attachmentCount: number
  unread: BoundedCount
  sortAt: Date
  lastMessage: LastMessage | null
}

const MAX_UNREAD = 99

/**
 * A page of rooms, the one with the latest activity first. What a row shows of its partnership, its last
 * message and that message's author is joined for the page's rows only.
 *
 * @throws UnauthenticatedError without a signed-in user.
 * @throws InvalidAddressError when the search or the position can't be one of this list.
 */
export async function listRooms(
  filters: RoomFilters,
  position: PagePosition,
  pageSize: number = PAGE_SIZE,
): Promise<Page<RoomRow>> {
  const { id: userId } = await requireUser()
  const keys = await roomKeys({
    position,
    filter: roomCondition(filters),
    limit: pageSize + 1,
  })
  const found = await db().$queryRaw<FoundRoom[]>`
    WITH page AS MATERIALIZED (${keys})
    SELECT r.company_uuid, r.uuid, r.partnership_uuid, r.partner_type, r.message_count,
      r.attachment_count, page.sort_at,
      p.uuid IS NOT NULL AS partnership_received, left(p.company_name, 300) AS partnership_name,
      m.uuid AS message_uuid, m.attachment_count AS message_attachments, m.created_at,
      m.deleted_at IS NOT NULL AS deleted,
      CASE WHEN m.deleted_at IS NULL THEN left(m.content, 300) END AS excerpt,
      left(a.first_name, 200) AS first_name, left(a.last_name, 200) AS last_name,
      left(a.email, 320) AS email,
      v.user_id IS NOT NULL AS visited, coalesce(unread.seen, 0) AS unread_seen,
      coalesce(unread.standing, 0) + coalesce(late.count, 0) AS unread_standing
    FROM page
    JOIN room r ON r.company_uuid = page.company_uuid AND r.uuid = page.uuid
    LEFT JOIN partnership p ON p.company_uuid = r.company_uuid AND p.uuid = r.partnership_uuid
    LEFT JOIN message m ON m.company_uuid = r.company_uuid AND m.uuid = r.last_message_uuid
    LEFT JOIN author a ON a.company_uuid = m.company_uuid AND a.uuid = m.author_uuid
    LEFT JOIN room_visit v ON v.user_id = ${userId}::uuid
      AND v.company_uuid = r.company_uuid AND v.room_uuid = r.uuid
    LEFT JOIN LATERAL (
      SELECT count(*)::int AS seen, count(*) FILTER (WHERE n.deleted_at IS NULL)::int AS standing
      FROM (
        SELECT u.deleted_at FROM message u
        WHERE u.company_uuid = r.company_uuid AND u.room_uuid = r.uuid
          AND (u.created_at, u.uuid) >
            (coalesce(v.message_at, '-infinity'), coalesce(v.message_uuid, ''))
        ORDER BY u.created_at DESC, u.uuid DESC LIMIT ${MAX_UNREAD + 1}
      ) n
    ) unread ON v.user_id IS NOT NULL
    LEFT JOIN LATERAL (
      SELECT count(*)::int AS count FROM (
        SELECT u.company_uuid, u.uuid, u.event_seq, u.deleted_at FROM message u
        WHERE u.company_uuid = r.company_uuid AND u.room_uuid = r.uuid
          AND (u.created_at, u.uuid) <= (v.message_at, v.message_uuid)
        ORDER BY u.created_at DESC, u.uuid DESC LIMIT ${LATE_AMONG}
      ) u
      WHERE u.event_seq > v.seen_seq AND u.deleted_at IS NULL AND NOT EXISTS (
        SELECT FROM webhook_event e
        WHERE e.company_uuid = u.company_uuid AND e.message_uuid = u.uuid
          AND e.seq <= v.seen_seq AND e.status = 'applied'
          AND e.event_type IN ('message_created', 'message_updated'))
    ) late ON v.seen_seq IS NOT NULL
    ORDER BY ${roomOrder(position, Prisma.sql`page.`)}`
  return toPage(
    found.map(toRow),
    position,
    (row) => timeCursor(row.sortAt, row.companyUuid, row.uuid),
    pageSize,
  )
}

type FoundRoom = {
  company_uuid: string
  uuid: string
  partnership_uuid: string | null
  partner_type: string | null
  message_count: number
  attachment_count: number
  sort_at: Date
  partnership_received: boolean
  partnership_name: string | null
  message_uuid: string | null
  message_attachments: number | null
  created_at: Date | null
  deleted: boolean
  excerpt: string | null
  first_name: string | null
  last_name: string | null
  email: string | null
  visited: boolean
  unread_seen: number
  unread_standing: number
}

function toRow(found: FoundRoom): RoomRow {
  return {
    companyUuid: found.company_uuid,
    uuid: found.uuid,
    partnershipUuid: found.partnership_uuid,
    partnershipReceived: found.partnership_received,
    partnershipName: found.partnership_name,
    partnerType: found.partner_type,
    messageCount: found.message_count,
    attachmentCount: found.attachment_count,
    unread: found.visited
      ? unreadOf(found.unread_standing, found.unread_seen)
      : unreadOf(found.message_count, found.message_count),
    sortAt: found.sort_at,
    lastMessage: toLastMessage(found),
  }
}

function unreadOf(standing: number, seen: number): BoundedCount {
  return { count: Math.min(standing, MAX_UNREAD), exact: seen <= MAX_UNREAD }
}

function toLastMessage(found: FoundRoom): LastMessage | null {
  if (found.message_uuid === null || found.created_at === null) return null
  return {
    uuid: found.message_uuid,
    excerpt: found.excerpt,
    attachmentCount: found.deleted ? 0 : (found.message_attachments ?? 0),
    deleted: found.deleted,
    createdAt: found.created_at,
    authorFirstName: found.first_name,
    authorLastName: found.last_name,
    authorEmail: found.email,
  }
}
