import { Prisma, type Transaction } from '@/lib/db'
import { entityKey } from '@/lib/projections/change-fold'
import type { AttachmentRow } from '@/lib/projections/changes'
import { searchText, sortKey } from '@/lib/search-text'
import { writtenKey, type WrittenKey } from './lower-first-event-at'
import type { ContentRow } from './upsert-message-contents'

/**
 * Replaces the attachments of messages that have just changed, whose rows are locked; what is there already
 * is left as it is. A deleted message loses its attachments: nobody shall find the files of what was taken
 * back. The log still has them.
 *
 * @param changed The messages whose content or deletion changed.
 * @param contents Those of them whose new content must be written.
 * @returns The messages whose attachments changed, some of them more than once.
 */
export async function replaceAttachments(
  tx: Transaction,
  changed: WrittenKey[],
  contents: ContentRow[],
): Promise<WrittenKey[]> {
  if (changed.length === 0) return []
  const kept = new Map(
    contents.map((row) => [entityKey(row), row.content.attachments.map(({ uuid }) => uuid)]),
  )
  const keys = changed.map((message) => ({
    company_uuid: message.company_uuid,
    uuid: message.uuid,
    kept: kept.get(writtenKey(message)) ?? [],
  }))
  const removed = await tx.$queryRaw<WrittenKey[]>`
    DELETE FROM attachment a
    USING json_to_recordset(${JSON.stringify(keys)}::json)
      AS x(company_uuid text, uuid text, kept text[])
    WHERE a.company_uuid = x.company_uuid AND a.message_uuid = x.uuid AND a.uuid <> ALL (x.kept)
    RETURNING a.company_uuid, a.message_uuid AS uuid`
  const records = contents.flatMap((row) =>
    row.content.attachments.map((attachment) => toRecord(row, attachment)),
  )
  if (records.length === 0) return removed
  // The archive's task is written by the same statement: no attachment without one, whatever comes when. One
  // that was put off because its attachment had changed meanwhile is due again.
  const written = await tx.$queryRaw<WrittenKey[]>`
    WITH written AS (
    INSERT INTO attachment AS t (company_uuid, message_uuid, uuid, ${COLUMNS})
    SELECT company_uuid, message_uuid, uuid, ${COLUMNS}
    FROM json_to_recordset(${JSON.stringify(records)}::json)
      AS x(company_uuid text, message_uuid text, uuid text, position int, room_uuid text,
           file_name text, file_size bigint, mime_type text, file_url text,
           created_at timestamptz, sort_key text, search_text text)
    ON CONFLICT (company_uuid, message_uuid, uuid) DO UPDATE SET (${COLUMNS}) = ROW(${NEW})
    WHERE (${OLD}) IS DISTINCT FROM (${NEW})
    RETURNING company_uuid, message_uuid, uuid, file_url
    ), tasks AS (
    INSERT INTO attachment_file AS f (company_uuid, message_uuid, uuid, url_hash)
    SELECT company_uuid, message_uuid, uuid, sha256(convert_to(file_url, 'UTF8'))
    FROM written WHERE file_url ~ '\\S'
    ON CONFLICT (company_uuid, message_uuid, uuid, url_hash) DO UPDATE SET next_try_at = now()
    WHERE f.state = 'waiting' AND f.lease IS NULL AND f.attempts = 0
    )
    SELECT company_uuid, message_uuid AS uuid FROM written`
  return [...removed, ...written]
}

const NAMES = [
  'position',
  'room_uuid',
  'file_name',
  'file_size',
  'mime_type',
  'file_url',
  'created_at',
  'sort_key',
  'search_text',
]

const COLUMNS = Prisma.raw(NAMES.join(', '))
const OLD = Prisma.raw(NAMES.map((name) => `t.${name}`).join(', '))
const NEW = Prisma.raw(NAMES.map((name) => `excluded.${name}`).join(', '))

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
