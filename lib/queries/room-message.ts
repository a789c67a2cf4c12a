import { db, Prisma } from '@/lib/db'
import { fileStateColumn, type FileState } from './file-state'
import { encodeCursor } from '@/lib/pagination'
import { timeCursor } from './time-cursor'

/** Who wrote a message. All but the uuid is null until an event has told it. */
export type MessageAuthor = {
  uuid: string
  firstName: string | null
  lastName: string | null
  email: string | null
  companyName: string | null
}

/** `fileUrl` is as it was sent, null when there is none; `urlTooLong` when it is too long to be a link. */
export type MessageAttachment = {
  uuid: string
  fileName: string | null
  fileSize: number | null
  mimeType: string | null
  fileUrl: string | null
  urlTooLong: boolean
  file: FileState | null
}

/** What a reply quotes. `received` is false when no event has brought the parent. */
export type ParentMessage = {
  uuid: string
  received: boolean
  deleted: boolean
  roomUuid: string | null
  excerpt: string | null
  attachmentCount: number
  author: MessageAuthor | null
}

/** `by` is the user whose event brought the deletion; null names when that user has written nothing. */
export type MessageDeletion = { at: Date; by: MessageAuthor | null }

/** How often the text of a deleted message was looked at, and by whom last. */
export type MessageReveals = { count: number; lastAt: Date; lastBy: string }

/**
 * A message of a room, and the cursor of its place there. `text` holds at most MAX_TEXT characters; `textBytes` is the size of all of it
 * (UTF-8). Text and attachments of a deleted message are not read from the database.
 */
export type RoomMessage = {
  companyUuid: string
  uuid: string
  cursor: string
  roomUuid: string | null
  createdAt: Date
  editedAt: Date | null
  deletion: MessageDeletion | null
  reveals: MessageReveals | null
  author: MessageAuthor | null
  text: string | null
  textBytes: number
  isCut: boolean
  parent: ParentMessage | null
  /** Direct replies in the same room, counted up to MAX_REPLIES. */
  replyCount: number
  attachments: MessageAttachment[]
  /** Attachments of the message, of which `attachments` holds the first MAX_ATTACHMENTS. */
  attachmentCount: number
  eventId: string | null
}

/** Characters of one message that a page gets; the rest is in the full text. */
export const MAX_TEXT = 10_000
export const MAX_REPLIES = 100
export const MAX_ATTACHMENTS = 20
const MAX_URL = 2_048

/**
 * Reads messages of one company by their uuids, in time order. One query for the messages with everything
 * that is joined to them, one for their attachments, whatever their number; the caller bounds it.
 */
export async function readRoomMessages(
  companyUuid: string,
  uuids: string[],
): Promise<RoomMessage[]> {
  if (uuids.length === 0) return []
  const [messages, attachments] = await Promise.all([
    readMessages(companyUuid, uuids),
    readAttachments(companyUuid, uuids),
  ])
  return messages.map((found) =>
    toRoomMessage(
      found,
      attachments.filter((attachment) => attachment.message_uuid === found.uuid),
    ),
  )
}

function readMessages(companyUuid: string, uuids: string[]) {
  return db().$queryRaw<FoundMessage[]>`
    SELECT m.company_uuid, m.uuid, m.room_uuid, m.created_at, m.deleted_at,
      CASE WHEN m.edited THEN m.updated_at END AS edited_at,
      CASE WHEN m.deleted_at IS NULL THEN left(m.content, ${MAX_TEXT}) END AS text,
      CASE WHEN m.deleted_at IS NULL THEN octet_length(m.content) END AS text_bytes,
      CASE WHEN m.deleted_at IS NULL THEN m.attachment_count ELSE 0 END AS attachment_count,
      CASE WHEN m.author_uuid IS NOT NULL THEN ${authorJson('m.author_uuid', 'a')} END AS author,
      CASE WHEN d.user_uuid IS NOT NULL THEN ${authorJson('d.user_uuid', 'da')} END AS deleted_by,
      m.replied_to_message_uuid AS parent_uuid,
      p.uuid IS NOT NULL AS parent_received,
      p.room_uuid AS parent_room_uuid,
      p.deleted_at IS NOT NULL AS parent_deleted,
      CASE WHEN p.deleted_at IS NULL THEN left(p.content, 300) END AS parent_excerpt,
      CASE WHEN p.deleted_at IS NULL THEN p.attachment_count END AS parent_attachments,
      CASE WHEN p.author_uuid IS NOT NULL THEN ${authorJson('p.author_uuid', 'pa')} END
        AS parent_author,
      (SELECT count(*)::int FROM (
         SELECT 1 FROM message r
         WHERE r.company_uuid = m.company_uuid AND r.replied_to_message_uuid = m.uuid
           AND r.room_uuid IS NOT DISTINCT FROM m.room_uuid
         LIMIT ${MAX_REPLIES}
       ) reply) AS reply_count,
      revealed.count AS reveal_count, revealed.last_at AS revealed_at,
      revealed.last_by AS revealed_by,
      e.id::text AS event_id
    FROM message m
    LEFT JOIN author a ON a.company_uuid = m.company_uuid AND a.uuid = m.author_uuid
    LEFT JOIN message p
      ON p.company_uuid = m.company_uuid AND p.uuid = m.replied_to_message_uuid
    LEFT JOIN author pa ON pa.company_uuid = p.company_uuid AND pa.uuid = p.author_uuid
    LEFT JOIN webhook_event e ON e.seq = m.event_seq
    LEFT JOIN webhook_event d ON d.seq = m.deleted_event_seq
    LEFT JOIN author da ON da.company_uuid = m.company_uuid AND da.uuid = d.user_uuid
    LEFT JOIN LATERAL (
      SELECT count(*)::int AS count, max(r.revealed_at) AS last_at,
        left((array_agg(r.user_email ORDER BY r.revealed_at DESC))[1], 320) AS last_by
      FROM message_reveal r
      WHERE r.company_uuid = m.company_uuid AND r.message_uuid = m.uuid
    ) revealed ON m.deleted_at IS NOT NULL
    WHERE m.company_uuid = ${companyUuid} AND m.uuid = ANY (${uuids})
    ORDER BY m.created_at, m.uuid`
}

// The arguments are names in the query above, never values.
function authorJson(uuid: string, author: string): Prisma.Sql {
  return Prisma.raw(`json_build_object(
    'uuid', ${uuid},
    'firstName', left(${author}.first_name, 200),
    'lastName', left(${author}.last_name, 200),
    'email', left(${author}.email, 320),
    'companyName', left(${author}.author_company_name, 200))`)
}

function readAttachments(companyUuid: string, uuids: string[]) {
  return db().$queryRaw<FoundAttachment[]>`
    SELECT a.*
    FROM message m CROSS JOIN LATERAL (
      SELECT f.message_uuid, f.uuid, left(f.file_name, 300) AS file_name, f.file_size,
        left(f.mime_type, 200) AS mime_type, f.position,
        CASE WHEN octet_length(f.file_url) <= ${MAX_URL} THEN f.file_url END AS file_url,
        coalesce(octet_length(f.file_url) > ${MAX_URL}, false) AS url_too_long,
        ${fileStateColumn('f')} AS file
      FROM attachment f
      WHERE f.company_uuid = m.company_uuid AND f.message_uuid = m.uuid
      ORDER BY f.position, f.uuid LIMIT ${MAX_ATTACHMENTS}
    ) a
    WHERE m.company_uuid = ${companyUuid} AND m.uuid = ANY (${uuids})
      AND m.deleted_at IS NULL AND m.attachment_count > 0
    ORDER BY a.message_uuid, a.position, a.uuid`
}

type FoundAttachment = {
  message_uuid: string
  uuid: string
  file_name: string | null
  file_size: bigint | null
  mime_type: string | null
  file_url: string | null
  url_too_long: boolean
  file: FileState | null
}

type FoundMessage = {
  company_uuid: string
  uuid: string
  room_uuid: string | null
  created_at: Date
  edited_at: Date | null
  deleted_at: Date | null
  text: string | null
  text_bytes: number | null
  attachment_count: number
  author: MessageAuthor | null
  deleted_by: MessageAuthor | null
  parent_uuid: string | null
  parent_received: boolean
  parent_room_uuid: string | null
  parent_deleted: boolean
  parent_excerpt: string | null
  parent_attachments: number | null
  parent_author: MessageAuthor | null
  reply_count: number
  reveal_count: number | null
  revealed_at: Date | null
  revealed_by: string | null
  event_id: string | null
}

function toRoomMessage(found: FoundMessage, attachments: FoundAttachment[]): RoomMessage {
  const deleted = found.deleted_at !== null
  const textBytes = found.text_bytes ?? 0
  return {
    companyUuid: found.company_uuid,
    uuid: found.uuid,
    cursor: encodeCursor(timeCursor(found.created_at, found.uuid)),
    roomUuid: found.room_uuid,
    createdAt: found.created_at,
    editedAt: deleted ? null : found.edited_at,
    deletion: found.deleted_at && { at: found.deleted_at, by: found.deleted_by },
    reveals: found.revealed_at && {
      count: found.reveal_count ?? 0,
      lastAt: found.revealed_at,
      lastBy: found.revealed_by ?? '',
    },
    author: found.author,
    text: found.text,
    textBytes,
    isCut: Buffer.byteLength(found.text ?? '') < textBytes,
    parent: toParent(found),
    replyCount: found.reply_count,
    attachments: attachments.map(toAttachment),
    attachmentCount: found.attachment_count,
    eventId: found.event_id,
  }
}

function toParent(found: FoundMessage): ParentMessage | null {
  if (found.parent_uuid === null) return null
  return {
    uuid: found.parent_uuid,
    received: found.parent_received,
    deleted: found.parent_deleted,
    roomUuid: found.parent_room_uuid,
    excerpt: found.parent_excerpt,
    attachmentCount: found.parent_attachments ?? 0,
    author: found.parent_author,
  }
}

function toAttachment(found: FoundAttachment): MessageAttachment {
  return {
    uuid: found.uuid,
    fileName: found.file_name,
    fileSize: found.file_size === null ? null : Number(found.file_size),
    mimeType: found.mime_type,
    fileUrl: found.file_url,
    urlTooLong: found.url_too_long,
    file: found.file,
  }
}
