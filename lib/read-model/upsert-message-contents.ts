import type { Transaction } from '@/lib/db'
import { messageVector } from '@/lib/message-words'
import type { MessageContent, MessageRow } from '@/lib/projections/changes'
import { PROJECTOR_VERSION } from '@/lib/projections/projector-version'
import { versionRecord } from './guarded-upsert'
import type { WrittenMessage } from './message-state'

export type ContentRow = MessageRow & { content: MessageContent }

/**
 * Writes the content register of messages: the latest version stays. It never touches the deletion, and
 * a message that is deleted keeps no attachments. A row of the same version that says something else is put
 * right (see guardedUpsert).
 *
 * @returns The messages whose content changed.
 */
export async function upsertMessageContents(
  tx: Transaction,
  rows: ContentRow[],
): Promise<WrittenMessage[]> {
  if (rows.length === 0) return []
  return tx.$queryRaw<WrittenMessage[]>`
    INSERT INTO message AS t
      (company_uuid, uuid, room_uuid, partnership_uuid, author_uuid, content,
       replied_to_message_uuid, attachment_count, created_at, updated_at, edited, search_vector,
       first_event_at, occurred_at, event_seq, projector_version)
    SELECT company_uuid, uuid, room_uuid, partnership_uuid, author_uuid, content,
       replied_to_message_uuid, attachment_count, created_at, updated_at, edited, search_vector,
       first_event_at, occurred_at, event_seq, ${PROJECTOR_VERSION}
    FROM json_to_recordset(${JSON.stringify(rows.map(toRecord))}::json)
      AS x(company_uuid text, uuid text, room_uuid text, partnership_uuid text, author_uuid text,
           content text, replied_to_message_uuid text, attachment_count int,
           created_at timestamptz, updated_at timestamptz, edited bool, search_vector tsvector,
           first_event_at timestamptz, occurred_at timestamptz, event_seq bigint)
    ORDER BY company_uuid COLLATE "C", uuid COLLATE "C"
    ON CONFLICT (company_uuid, uuid) DO UPDATE SET
      room_uuid = excluded.room_uuid,
      partnership_uuid = excluded.partnership_uuid,
      author_uuid = excluded.author_uuid,
      content = excluded.content,
      replied_to_message_uuid = excluded.replied_to_message_uuid,
      attachment_count =
        CASE WHEN t.deleted_at IS NULL THEN excluded.attachment_count ELSE 0 END,
      created_at = excluded.created_at,
      updated_at = excluded.updated_at,
      edited = excluded.edited,
      search_vector = excluded.search_vector,
      first_event_at = LEAST(t.first_event_at, excluded.first_event_at),
      occurred_at = excluded.occurred_at,
      event_seq = excluded.event_seq,
      projector_version = excluded.projector_version
    WHERE (t.occurred_at, t.event_seq, t.projector_version)
        < (excluded.occurred_at, excluded.event_seq, excluded.projector_version)
      OR ((t.occurred_at, t.event_seq, t.projector_version)
          = (excluded.occurred_at, excluded.event_seq, excluded.projector_version)
        AND (t.room_uuid, t.partnership_uuid, t.author_uuid, t.content, t.replied_to_message_uuid,
            t.attachment_count, t.created_at, t.updated_at, t.edited, t.search_vector)
          IS DISTINCT FROM (excluded.room_uuid, excluded.partnership_uuid, excluded.author_uuid,
            excluded.content, excluded.replied_to_message_uuid,
            CASE WHEN t.deleted_at IS NULL THEN excluded.attachment_count ELSE 0 END,
            excluded.created_at, excluded.updated_at, excluded.edited, excluded.search_vector))
    RETURNING t.company_uuid, t.uuid, t.room_uuid, t.deleted_at IS NOT NULL AS deleted,
      t.attachment_count, t.xmax = 0 AS inserted`
}

function toRecord({ content, ...row }: ContentRow) {
  return {
    company_uuid: row.companyUuid,
    uuid: row.uuid,
    room_uuid: content.roomUuid,
    partnership_uuid: content.partnershipUuid,
    author_uuid: content.authorUuid,
    content: content.content,
    replied_to_message_uuid: content.repliedToMessageUuid,
    attachment_count: content.attachments.length,
    created_at: content.createdAt,
    updated_at: content.updatedAt,
    edited: content.edited,
    search_vector: messageVector({
      ...content,
      fileNames: content.attachments.map(({ fileName }) => fileName),
    }),
    first_event_at: row.firstEventAt,
    ...versionRecord(content),
  }
}
