import { requireUser } from '@/lib/auth/current-user'
import { db, Prisma } from '@/lib/db'

/**
 * The head of a room's page, its names cut to 300 characters. `onlyMessages` when messages name the room and the room itself is not in the
 * read model. Counts leave deleted messages out.
 */
export type RoomHead = {
  companyUuid: string
  uuid: string
  partnershipUuid: string | null
  partnershipReceived: boolean
  partnershipName: string | null
  partnerType: string | null
  messageCount: number
  attachmentCount: number
  onlyMessages: boolean
}

// More companies than this with the same room do not help anybody to choose.
const MAX_CHOICES = 50

/**
 * The rooms with this uuid: one, or one for each company that has it, at most 50. Empty when there is none.
 *
 * @param companyUuid Looks at this company only.
 * @throws UnauthenticatedError without a signed-in user.
 */
export async function findRooms(uuid: string, companyUuid?: string): Promise<RoomHead[]> {
  await requireUser()
  const ofCompany =
    companyUuid === undefined ? Prisma.sql`TRUE` : Prisma.sql`r.company_uuid = ${companyUuid}`
  const rooms = await db().$queryRaw<RoomHead[]>`
    SELECT r.company_uuid AS "companyUuid", r.uuid, r.partnership_uuid AS "partnershipUuid",
      p.uuid IS NOT NULL AS "partnershipReceived", left(p.company_name, 300) AS "partnershipName",
      left(r.partner_type, 200) AS "partnerType", r.message_count AS "messageCount",
      r.attachment_count AS "attachmentCount", false AS "onlyMessages"
    FROM room r
    LEFT JOIN partnership p ON p.company_uuid = r.company_uuid AND p.uuid = r.partnership_uuid
    WHERE r.uuid = ${uuid} AND ${ofCompany}
    ORDER BY r.company_uuid LIMIT ${MAX_CHOICES}`
  if (rooms.length === 0 && companyUuid !== undefined) return findByMessage(uuid, companyUuid)
  return rooms
}

async function findByMessage(uuid: string, companyUuid: string): Promise<RoomHead[]> {
  const message = await db().message.findFirst({
    where: { companyUuid, roomUuid: uuid },
    select: { partnershipUuid: true },
  })
  if (!message) return []
  return [
    {
      companyUuid,
      uuid,
      partnershipUuid: message.partnershipUuid,
      partnershipReceived: false,
      partnershipName: null,
      partnerType: null,
      messageCount: 0,
      attachmentCount: 0,
      onlyMessages: true,
    },
  ]
}
