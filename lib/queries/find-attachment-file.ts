import { requireUser } from '@/lib/auth/current-user'
import { db } from '@/lib/db'

export type AttachmentKey = { companyUuid: string; messageUuid: string; uuid: string }

/** A file behind an attachment. `kept` is what the archive has of it: its SHA-256 (hex), size in bytes, type. */
export type AttachmentFile = {
  fileName: string | null
  fileUrl: string | null
  kept: { sha256: string; size: number; mediaType: string } | null
}

/**
 * The file of an attachment; null when no message that stands has it: those of deleted ones are nobody's.
 *
 * @throws UnauthenticatedError without a signed-in user.
 */
export async function findAttachmentFile(key: AttachmentKey): Promise<AttachmentFile | null> {
  await requireUser()
  const [found] = await db().$queryRaw<Found[]>`
    SELECT left(a.file_name, 1000) AS "fileName", a.file_url AS "fileUrl",
      encode(f.sha256, 'hex') AS sha256, f.file_size::float8 AS size, f.media_type AS "mediaType"
    FROM attachment a LEFT JOIN attachment_file f
      ON f.company_uuid = a.company_uuid AND f.message_uuid = a.message_uuid AND f.uuid = a.uuid
        AND f.url_hash = sha256(convert_to(a.file_url, 'UTF8')) AND f.state = 'archived'
    WHERE a.company_uuid = ${key.companyUuid} AND a.message_uuid = ${key.messageUuid}
      AND a.uuid = ${key.uuid}`
  if (!found) return null
  const { fileName, fileUrl, sha256, size, mediaType } = found
  const kept = sha256 && size !== null && mediaType ? { sha256, size, mediaType } : null
  return { fileName, fileUrl, kept }
}

type Found = {
  fileName: string | null
  fileUrl: string | null
  sha256: string | null
  size: number | null
  mediaType: string | null
}
