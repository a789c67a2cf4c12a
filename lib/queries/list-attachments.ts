import { requireUser } from '@/lib/auth/current-user'
import { db, Prisma } from '@/lib/db'
import { PAGE_SIZE, toPage, type Page, type PagePosition } from '@/lib/pagination'
import { likePattern } from './like-pattern'
import { decodeTimeCursor, timeCursor } from './time-cursor'

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
  const order =
    position.before === undefined
      ? Prisma.sql`f.created_at DESC, f.company_uuid, f.message_uuid, f.uuid`
      : Prisma.sql`f.created_at, f.company_uuid DESC, f.message_uuid DESC, f.uuid DESC`
  const found = await db().$queryRaw<FoundAttachment[]>`
    WITH page AS MATERIALIZED (${pageOfAttachments(q, position, order, pageSize + 1)})
    SELECT f.company_uuid, f.message_uuid, f.uuid, f.created_at, f.file_size,
      coalesce(f.room_uuid, f.message_room_uuid) AS room_uuid,
      left(f.file_name, 300) AS file_name, left(f.mime_type, 200) AS mime_type,
      CASE WHEN octet_length(f.file_url) <= ${MAX_URL} THEN f.file_url END AS file_url,
      coalesce(octet_length(f.file_url) > ${MAX_URL}, false) AS url_too_long,
      f.partnership_uuid, p.uuid IS NOT NULL AS partnership_received,
      left(p.company_name, 300) AS partnership_name,
      f.author_uuid, left(a.first_name, 200) AS first_name, left(a.last_name, 200) AS last_name,
      left(a.email, 320) AS email
    FROM page f
    LEFT JOIN partnership p ON p.company_uuid = f.company_uuid AND p.uuid = f.partnership_uuid
    LEFT JOIN author a ON a.company_uuid = f.company_uuid AND a.uuid = f.author_uuid
    ORDER BY ${order}`
  return toPage(
    found.map(toRow),
    position,
    (row) => timeCursor(row.createdAt, row.companyUuid, row.messageUuid, row.uuid),
    pageSize,
  )
}

// Two walks, as in the list of rooms: one moment may have any number of files.
function pageOfAttachments(
  q: string | undefined,
  position: PagePosition,
  order: Prisma.Sql,
  limit: number,
): Prisma.Sql {
  const matches =
    q === undefined ? Prisma.sql`true` : Prisma.sql`f.search_text LIKE ${likePattern(q)}`
  const walk = (where: Prisma.Sql) => Prisma.sql`
    (SELECT f.company_uuid, f.message_uuid, f.uuid, f.created_at, f.file_size, f.room_uuid,
       f.file_name, f.mime_type, f.file_url, m.room_uuid AS message_room_uuid, m.partnership_uuid,
       m.author_uuid
     FROM attachment f
     JOIN message m ON m.company_uuid = f.company_uuid AND m.uuid = f.message_uuid
     WHERE ${where} AND ${matches} AND m.deleted_at IS NULL
     ORDER BY ${order} LIMIT ${limit})`
  const cursor = position.before ?? position.after
  if (cursor === undefined) return walk(Prisma.sql`true`)
  const { time, texts } = decodeTimeCursor(cursor, 3)
  const keys = Prisma.join(texts)
  const columns = Prisma.sql`(f.company_uuid, f.message_uuid, f.uuid)`
  const walks =
    position.before === undefined
      ? [
          walk(Prisma.sql`f.created_at = ${time} AND ${columns} > (${keys})`),
          walk(Prisma.sql`f.created_at < ${time}`),
        ]
      : [
          walk(Prisma.sql`f.created_at = ${time} AND ${columns} < (${keys})`),
          walk(Prisma.sql`f.created_at > ${time}`),
        ]
  return Prisma.sql`
    SELECT * FROM (${Prisma.join(walks, ' UNION ALL ')}) f ORDER BY ${order} LIMIT ${limit}`
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
