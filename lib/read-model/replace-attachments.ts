import type { Transaction } from '@/lib/db'
import type { AttachmentRow } from '@/lib/projections/changes'
import { searchText, sortKey } from '@/lib/search-text'
import type { ContentRow } from './upsert-message-contents'
import type { WrittenMessage } from './message-state'

/**
 * Replaces the attachments of messages that have just changed, whose rows are locked. A deleted message
 * loses its attachments: nobody shall find the files of what was taken back. The log still has them.
 *
 * @param changed The messages whose content or deletion changed.
 * @param contents Those of them whose new content must be written.
 */
export async function replaceAttachments(
  tx: Transaction,
  changed: WrittenMessage[],
  contents: ContentRow[],
): Promise<void> {
  if (changed.length === 0) return
  const keys = changed.map(({ company_uuid, uuid }) => ({ company_uuid, uuid }))
  await tx.$executeRaw`
    DELETE FROM attachment a
    USING json_to_recordset(${JSON.stringify(keys)}::json) AS x(company_uuid text, uuid text)
    WHERE a.company_uuid = x.company_uuid AND a.message_uuid = x.uuid`
  const records = contents.flatMap((row) =>
    row.content.attachments.map((attachment) => toRecord(row, attachment)),
  )
  if (records.length === 0) return
  // The archive's task is written by the same statement: no attachment without one, whatever comes when. One
  // that was put off because its attachment had changed meanwhile is due again.
  await tx.$executeRaw`
    WITH written AS (
    INSERT INTO attachment
      (company_uuid, message_uuid, uuid, position, room_uuid, file_name, file_size, mime_type,
       file_url, created_at, sort_key, search_text)
    SELECT company_uuid, message_uuid, uuid, position, room_uuid, file_name, file_size, mime_type,
       file_url, created_at, sort_key, search_text
    FROM json_to_recordset(${JSON.stringify(records)}::json)
      AS x(company_uuid text, message_uuid text, uuid text, position int, room_uuid text,
           file_name text, file_size bigint, mime_type text, file_url text,
           created_at timestamptz, sort_key text, search_text text)
    RETURNING company_uuid, message_uuid, uuid, file_url)
    INSERT INTO attachment_file AS f (company_uuid, message_uuid, uuid, url_hash)
    SELECT company_uuid, message_uuid, uuid, sha256(convert_to(file_url, 'UTF8'))
    FROM written WHERE file_url ~ '\\S'
    ON CONFLICT (company_uuid, message_uuid, uuid, url_hash) DO UPDATE SET next_try_at = now()
    WHERE f.state = 'waiting' AND f.lease IS NULL AND f.attempts = 0`
}

function toRecord({ companyUuid, uuid, content }: ContentRow, attachment: AttachmentRow) {
  return {
    company_uuid: companyUuid,
    message_uuid: uuid,
    uuid: attachment.uuid,
    position: attachment.position,
    room_uuid: content.roomUuid,
    file_name: attachment.fileName,
    file_size: attachment.fileSize,
    mime_type: attachment.mimeType,
    file_url: attachment.fileUrl,
    created_at: content.createdAt,
    sort_key: sortKey(attachment.fileName, attachment.uuid),
    search_text: searchText([attachment.fileName]),
  }
}
