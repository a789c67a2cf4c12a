import { requireUser } from '@/lib/auth/current-user'
import { db } from '@/lib/db'

/**
 * The head of a room's page. `onlyMessages` when messages name the room and the room itself is not in the
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
  const rooms = await db().room.findMany({
    where: { uuid, ...(companyUuid !== undefined && { companyUuid }) },
    select: {
      companyUuid: true,
      uuid: true,
      partnershipUuid: true,
      partnerType: true,
      messageCount: true,
      attachmentCount: true,
    },
    orderBy: { companyUuid: 'asc' },
    take: MAX_CHOICES,
  })
  if (rooms.length === 0 && companyUuid !== undefined) return findByMessage(uuid, companyUuid)
  const partnerships = await db().partnership.findMany({
    where: {
      OR: rooms.flatMap((room) =>
        room.partnershipUuid === null
          ? []
          : [{ companyUuid: room.companyUuid, uuid: room.partnershipUuid }],
      ),
    },
    select: { companyUuid: true, uuid: true, companyName: true },
  })
  return rooms.map((room) => {
    const partnership = partnerships.find(
      (one) => one.companyUuid === room.companyUuid && one.uuid === room.partnershipUuid,
    )
    return {
      ...room,
      partnershipReceived: partnership !== undefined,
      partnershipName: partnership?.companyName?.slice(0, 300).toWellFormed() ?? null,
      onlyMessages: false,
    }
  })
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
