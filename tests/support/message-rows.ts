import { db } from '@/lib/db'
import { searchText as searchTextOf } from '@/lib/search-text'

export const COMPANY = 'company_a'

const VERSION = {
  firstEventAt: new Date('2026-01-01T00:00:00Z'),
  occurredAt: new Date('2026-01-01T00:00:00Z'),
  eventSeq: 1n,
  projectorVersion: 1,
}

type MessageRow = {
  uuid: string
  companyUuid?: string
  roomUuid?: string | null
  partnershipUuid?: string | null
  authorUuid?: string | null
  content?: string | null
  repliedToMessageUuid?: string | null
  attachmentCount?: number
  createdAt?: Date
  updatedAt?: Date
  edited?: boolean
  deletedAt?: Date | null
  deletedEventSeq?: bigint | null
  eventSeq?: bigint
}

/** Writes messages as the projector leaves them, for states that no single event brings about. */
export async function storeMessages(rows: MessageRow[]): Promise<void> {
  await db().message.createMany({
    data: rows.map((row) => ({
      ...VERSION,
      companyUuid: COMPANY,
      roomUuid: 'room_1',
      content: `text of ${row.uuid}`,
      createdAt: new Date('2026-01-01T10:00:00Z'),
      updatedAt: new Date('2026-01-01T10:00:00Z'),
      edited: false,
      ...row,
    })),
  })
}

type RoomRow = {
  uuid: string
  companyUuid?: string
  partnershipUuid?: string | null
  partnerType?: string | null
  messageCount?: number
  attachmentCount?: number
  lastMessageUuid?: string | null
  sortAt?: Date
}

export async function storeRooms(rows: RoomRow[]): Promise<void> {
  await db().room.createMany({
    data: rows.map((row) => ({ ...VERSION, companyUuid: COMPANY, ...row })),
  })
}

export async function storePartnership(row: {
  uuid: string
  companyUuid?: string
  companyName: string
  companyWebsite?: string
}): Promise<void> {
  const name = row.companyName.toLowerCase()
  const searchText = searchTextOf([row.companyName, row.companyWebsite ?? null])
  await db().partnership.create({
    data: { ...VERSION, companyUuid: COMPANY, sortKey: name, searchText, ...row },
  })
}

export async function storeAuthor(row: {
  uuid: string
  companyUuid?: string
  firstName?: string
  lastName?: string
  email?: string
  authorCompanyName?: string
}): Promise<void> {
  const { occurredAt, eventSeq, projectorVersion } = VERSION
  const names = [row.firstName, row.lastName, row.email].filter(Boolean).join(' ').toLowerCase()
  await db().author.create({
    data: {
      ...{ occurredAt, eventSeq, projectorVersion },
      companyUuid: COMPANY,
      searchText: names,
      ...row,
    },
  })
}

type AttachmentRow = {
  messageUuid: string
  uuid: string
  companyUuid?: string
  position?: number
  roomUuid?: string | null
  fileName?: string | null
  fileSize?: bigint | null
  mimeType?: string | null
  fileUrl?: string | null
  createdAt?: Date
}

export async function storeAttachments(rows: AttachmentRow[]): Promise<void> {
  await db().attachment.createMany({
    data: rows.map((row) => {
      const name = (row.fileName ?? '').toLowerCase()
      return {
        companyUuid: COMPANY,
        position: 0,
        roomUuid: 'room_1',
        createdAt: new Date('2026-01-01T10:00:00Z'),
        sortKey: name,
        searchText: name,
        ...row,
      }
    }),
  })
}
