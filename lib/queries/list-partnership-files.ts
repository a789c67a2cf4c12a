import { requireUser } from '@/lib/auth/current-user'
import { db } from '@/lib/db'
import { fileStateColumn, type FileState } from './file-state'
import type { RecordKey } from './record-key'

const SHOWN = 8
const ROOMS_SEARCHED = 20
const MESSAGES_SEARCHED = 500
// Longer ones are no address that a browser would take.
const MAX_URL = 2_048

/** A file of a message. `fileSize` in bytes; `urlTooLong` when the address is too long to be a link. */
export type PartnershipFile = RecordKey & {
  messageUuid: string
  roomUuid: string
  fileName: string | null
  fileSize: number | null
  mimeType: string | null
  fileUrl: string | null
  urlTooLong: boolean
  file: FileState | null
  sentAt: Date
}

/**
 * The newest files of a partnership. Only the newest messages of its busiest rooms are looked through:
 * a room of a million messages must not hold up the page.
 *
 * @throws UnauthenticatedError without a signed-in user.
 */
export async function listPartnershipFiles({
  companyUuid,
  uuid,
}: RecordKey): Promise<PartnershipFile[]> {
  await requireUser()
  return db().$queryRaw<PartnershipFile[]>`
    WITH rooms AS MATERIALIZED (
      SELECT uuid FROM room
      WHERE company_uuid = ${companyUuid} AND partnership_uuid = ${uuid} AND attachment_count > 0
      ORDER BY sort_at DESC, uuid LIMIT ${ROOMS_SEARCHED}),
    messages AS MATERIALIZED (
      SELECT newest.uuid, newest.created_at, rooms.uuid AS room_uuid
      FROM rooms CROSS JOIN LATERAL (
        SELECT uuid, created_at, attachment_count, deleted_at FROM message
        WHERE company_uuid = ${companyUuid} AND room_uuid = rooms.uuid
        ORDER BY created_at DESC, uuid DESC LIMIT ${MESSAGES_SEARCHED}) newest
      WHERE newest.attachment_count > 0 AND newest.deleted_at IS NULL
      ORDER BY newest.created_at DESC, newest.uuid DESC LIMIT ${SHOWN})
    SELECT ${companyUuid} AS "companyUuid", a.uuid, a.message_uuid AS "messageUuid",
      messages.room_uuid AS "roomUuid", left(a.file_name, 200) AS "fileName",
      a.file_size::float8 AS "fileSize", left(a.mime_type, 200) AS "mimeType",
      CASE WHEN octet_length(a.file_url) <= ${MAX_URL} THEN a.file_url END AS "fileUrl",
      coalesce(octet_length(a.file_url) > ${MAX_URL}, false) AS "urlTooLong",
      ${fileStateColumn('a')} AS file, messages.created_at AS "sentAt"
    FROM messages CROSS JOIN LATERAL (
      SELECT * FROM attachment
      WHERE company_uuid = ${companyUuid} AND message_uuid = messages.uuid
      ORDER BY position, uuid LIMIT ${SHOWN}) a
    ORDER BY messages.created_at DESC, messages.uuid DESC, a.position, a.uuid LIMIT ${SHOWN}`
}
