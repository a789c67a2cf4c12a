import { requireUser } from '@/lib/auth/current-user'
import { db, Prisma } from '@/lib/db'
import { PAGE_SIZE, toPage, type Page, type PagePosition } from '@/lib/pagination'
import { filteredKeys, idsOf } from './filtered-keys'
import { keysOrder } from './keys-page'
import { searchCondition } from './search-condition'
import { timeCursor } from './time-cursor'

/** A file of the library. `fileSize` in bytes; `urlTooLong` when the address is too long to be a link. */
export type AttachmentRow = {
  companyUuid: string
  messageUuid: string
  uuid: string
  roomUuid: string | null
  fileName: string | null
  fileSize: number | null
  mimeType: string | null
  fileUrl: string | null
  urlTooLong: boolean
  createdAt: Date
  partnershipUuid: string | null
  partnershipReceived: boolean
  partnershipName: string | null
  authorUuid: string | null
  authorFirstName: string | null
  authorLastName: string | null
  authorEmail: string | null
}

const MAX_URL = 2_048

/**
 * A page of all attachments, the newest first; those of deleted messages are left out.
 *
 * @param q A part of a file's name.
 * @throws UnauthenticatedError without a signed-in user.
 * @throws InvalidAddressError when the position is not one of this list.
 */
export async function listAttachments(
  { q }: { q?: string },
  position: PagePosition,
  pageSize: number = PAGE_SIZE,
): Promise<Page<AttachmentRow>> {
  await requireUser()
  const request = { list: 'attachment', sort: '-changed', position } as const
  const filter = searchCondition(q)
  const keys = await filteredKeys({ ...request, filter, limit: pageSize + 1 })
  const order = { ...request, ids: idsOf('attachment') }
  const found = await db().$queryRaw<FoundAttachment[]>`
    WITH page AS MATERIALIZED (${keys})
    SELECT f.company_uuid, f.message_uuid, f.uuid, f.created_at, f.file_size,
      coalesce(f.room_uuid, m.room_uuid) AS room_uuid,
      left(f.file_name, 300) AS file_name, left(f.mime_type, 200) AS mime_type,
      CASE WHEN octet_length(f.file_url) <= ${MAX_URL} THEN f.file_url END AS file_url,
      coalesce(octet_length(f.file_url) > ${MAX_URL}, false) AS url_too_long,
      m.partnership_uuid, p.uuid IS NOT NULL AS partnership_received,
      left(p.company_name, 300) AS partnership_name,
      m.author_uuid, left(a.first_name, 200) AS first_name, left(a.last_name, 200) AS last_name,
      left(a.email, 320) AS email
    FROM page
    JOIN attachment f ON f.company_uuid = page.company_uuid
      AND f.message_uuid = page.message_uuid AND f.uuid = page.uuid
    LEFT JOIN message m ON m.company_uuid = f.company_uuid AND m.uuid = f.message_uuid
    LEFT JOIN partnership p ON p.company_uuid = f.company_uuid AND p.uuid = m.partnership_uuid
    LEFT JOIN author a ON a.company_uuid = f.company_uuid AND a.uuid = m.author_uuid
    ORDER BY ${keysOrder(order, Prisma.sql`page.`)}`
  return toPage(
    found.map(toRow),
    position,
    (row) => timeCursor(row.createdAt, row.companyUuid, row.messageUuid, row.uuid),
    pageSize,
  )
}

type FoundAttachment = {
  company_uuid: string
  message_uuid: string
  uuid: string
  room_uuid: string | null
  created_at: Date
  file_name: string | null
  file_size: bigint | null
  mime_type: string | null
  file_url: string | null
  url_too_long: boolean
  partnership_uuid: string | null
  partnership_received: boolean
  partnership_name: string | null
  author_uuid: string | null
  first_name: string | null
  last_name: string | null
  email: string | null
}

function toRow(found: FoundAttachment): AttachmentRow {
  return {
    companyUuid: found.company_uuid,
    messageUuid: found.message_uuid,
    uuid: found.uuid,
    roomUuid: found.room_uuid,
    fileName: found.file_name,
    fileSize: found.file_size === null ? null : Number(found.file_size),
    mimeType: found.mime_type,
    fileUrl: found.file_url,
    urlTooLong: found.url_too_long,
    createdAt: found.created_at,
    partnershipUuid: found.partnership_uuid,
    partnershipReceived: found.partnership_received,
    partnershipName: found.partnership_name,
    authorUuid: found.author_uuid,
    authorFirstName: found.first_name,
    authorLastName: found.last_name,
    authorEmail: found.email,
  }
}
