import { Prisma } from '@/lib/db'
import { env } from '@/lib/env'

/**
 * What the archive knows of a file. `off` is one that waits while archiving is off, `fetching` one that is on its
 * way. `reason` says why the last try failed. Times are ISO texts: it travels to the browser as JSON.
 */
export type FileState = {
  state: 'waiting' | 'fetching' | 'off' | 'archived' | 'failed' | 'skipped'
  reason: string | null
  attempts: number
  nextTryAt: string
  receivedBytes: number
  /** As its sender stated it; null when it did not. */
  statedBytes: number | null
  /** By its bytes; null until it has been archived. */
  mediaType: string | null
}

/**
 * A column with the FileState of an attachment's present link; null when it has none.
 *
 * @param attachment The table's name in the query; never a value.
 */
export function fileStateColumn(attachment: string): Prisma.Sql {
  const a = Prisma.raw(attachment)
  return Prisma.sql`(
    SELECT json_build_object(
      'state', CASE WHEN s.state <> 'waiting' THEN s.state::text
        WHEN s.lease IS NOT NULL AND s.next_try_at > now() THEN 'fetching'
        WHEN ${env().ARCHIVE_ATTACHMENTS} THEN 'waiting' ELSE 'off' END,
      'reason', s.error_message, 'attempts', s.attempts, 'nextTryAt', s.next_try_at,
      'receivedBytes', s.received_bytes, 'statedBytes', s.stated_bytes, 'mediaType', s.media_type)
    FROM attachment_file s
    WHERE s.company_uuid = ${a}.company_uuid AND s.message_uuid = ${a}.message_uuid
      AND s.uuid = ${a}.uuid AND s.url_hash = sha256(convert_to(${a}.file_url, 'UTF8')))`
}
