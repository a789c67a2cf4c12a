import { requireUser } from '@/lib/auth/current-user'
import { db, Prisma } from '@/lib/db'
import { countUpTo, type BoundedCount } from './count-up-to'
import type { RecordKey } from './record-key'

const SHOWN = 10
const COUNT_LIMIT = 1_000

/** A room with its newest message; `excerpt` is null when that was deleted or has no text. */
export type PartnershipRoom = RecordKey & {
  partnerType: string | null
  messageCount: number
  attachmentCount: number
  lastMessageAt: Date | null
  lastMessageDeleted: boolean
  excerpt: string | null
  authorFirstName: string | null
  authorLastName: string | null
  authorEmail: string | null
}

/**
 * The rooms of a partnership with the latest activity.
 *
 * @throws UnauthenticatedError without a signed-in user.
 */
export async function listPartnershipRooms({
  companyUuid,
  uuid,
}: RecordKey): Promise<{ rooms: PartnershipRoom[]; total: BoundedCount }> {
  await requireUser()
  const ofPartnership = Prisma.sql`company_uuid = ${companyUuid} AND partnership_uuid = ${uuid}`
  const [rooms, total] = await Promise.all([
    db().$queryRaw<PartnershipRoom[]>`
      WITH newest AS MATERIALIZED (
        SELECT company_uuid, uuid, partner_type, message_count, attachment_count, sort_at,
          last_message_at, last_message_uuid
        FROM room WHERE ${ofPartnership} ORDER BY sort_at DESC, uuid LIMIT ${SHOWN})
      SELECT r.company_uuid AS "companyUuid", r.uuid, left(r.partner_type, 200) AS "partnerType",
        r.message_count AS "messageCount", r.attachment_count AS "attachmentCount",
        r.last_message_at AS "lastMessageAt", m.deleted_at IS NOT NULL AS "lastMessageDeleted",
        CASE WHEN m.deleted_at IS NULL THEN left(m.content, 300) END AS excerpt,
        left(a.first_name, 200) AS "authorFirstName", left(a.last_name, 200) AS "authorLastName",
        left(a.email, 200) AS "authorEmail"
      FROM newest r
      LEFT JOIN message m ON m.company_uuid = r.company_uuid AND m.uuid = r.last_message_uuid
      LEFT JOIN author a ON a.company_uuid = m.company_uuid AND a.uuid = m.author_uuid
      ORDER BY r.sort_at DESC, r.uuid`,
    countUpTo(COUNT_LIMIT, Prisma.sql`SELECT 1 FROM room WHERE ${ofPartnership}`),
  ])
  return { rooms, total }
}
