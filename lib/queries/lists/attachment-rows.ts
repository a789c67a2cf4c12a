import { PREPARED, Prisma } from '@/lib/db'
import { fileKind, type FileKind } from '@/lib/list-view/file-kind'
import { fileStateColumn, type FileState } from '../file-state'
import type { Extent } from './extent'
import { keysTable } from './field-values'

/** A file of the library. `fileSize` in bytes; `urlTooLong` when the address is too long to be a link. */
export type AttachmentRow = {
  companyUuid: string
  messageUuid: string
  uuid: string
  roomUuid: string | null
  fileName: string | null
  kind: FileKind
  fileSize: number | null
  mimeType: string | null
  fileUrl: string | null
  urlTooLong: boolean
  file: FileState | null
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

/** An attachment as Postgres gives it. */
export type FoundAttachment = Omit<AttachmentRow, 'kind'>

/** SQL for the attachments with these ids (company, message, uuid), in this order. */
export function attachmentRows(ids: string[][], { text: length }: Extent): Prisma.Sql {
  const text = (column: string) => Prisma.sql`left(${Prisma.raw(column)}, ${length}::int)`
  return Prisma.sql`${PREPARED}
    SELECT r.company_uuid AS "companyUuid", r.message_uuid AS "messageUuid", r.uuid,
      coalesce(r.room_uuid, m.room_uuid) AS "roomUuid",
      ${text('r.file_name')} AS "fileName", r.file_size::float8 AS "fileSize",
      ${text('r.mime_type')} AS "mimeType",
      CASE WHEN octet_length(r.file_url) <= ${MAX_URL} THEN r.file_url END AS "fileUrl",
      coalesce(octet_length(r.file_url) > ${MAX_URL}, false) AS "urlTooLong",
      ${fileStateColumn('r')} AS file,
      r.created_at AS "createdAt", told.partnership_uuid AS "partnershipUuid",
      p.uuid IS NOT NULL AS "partnershipReceived", ${text('p.company_name')} AS "partnershipName",
      m.author_uuid AS "authorUuid", ${text('a.first_name')} AS "authorFirstName",
      ${text('a.last_name')} AS "authorLastName", ${text('a.email')} AS "authorEmail"
    FROM ${keysTable(['company_uuid', 'message_uuid', 'uuid'], ids)}
    JOIN attachment r ON r.company_uuid = k.company_uuid
      AND r.message_uuid = k.message_uuid AND r.uuid = k.uuid
    LEFT JOIN message m ON m.company_uuid = r.company_uuid AND m.uuid = r.message_uuid
    LEFT JOIN room ON room.company_uuid = r.company_uuid AND room.uuid = r.room_uuid
    CROSS JOIN LATERAL (SELECT coalesce(room.partnership_uuid, m.partnership_uuid)) told(partnership_uuid)
    LEFT JOIN partnership p ON p.company_uuid = r.company_uuid AND p.uuid = told.partnership_uuid
    LEFT JOIN author a ON a.company_uuid = r.company_uuid AND a.uuid = m.author_uuid
    ORDER BY k.n`
}

export function toAttachmentRow(found: FoundAttachment): AttachmentRow {
  return { ...found, kind: fileKind(found.mimeType, found.fileName) }
}
