import { Prisma } from '@/lib/db'
import { FILE_KINDS } from '@/lib/list-view/file-kind'
import type { Filter } from '@/lib/list-view/list-view'
import { builtIn, type ListDefinition } from './column-definition'
import { partnershipKey, partnershipNamed } from './contact-list'
import { readNoValue } from './filter-values'
import type { ListTable } from './list-table'
import { ownColumns } from './own-columns'
import { labelCondition, numberCondition, textCondition, textKey } from './own-conditions'
import { namedSource, ownSource } from './sort-source'

const table: ListTable = {
  name: 'attachments',
  table: Prisma.sql`attachment`,
  ids: ['company_uuid', 'message_uuid', 'uuid'],
  owner: null,
  // The projector takes them away with their message; nobody shall see one that is still there.
  shown: Prisma.sql`NOT EXISTS (
    SELECT 1 FROM message gone WHERE gone.company_uuid = r.company_uuid
      AND gone.uuid = r.message_uuid AND gone.deleted_at IS NOT NULL)`,
}

const { time } = ownColumns(table)

const KIND = Prisma.sql`file_kind(r.mime_type, r.file_name)`
const MIME_TYPE = Prisma.sql`r.mime_type`

// A file belongs to the partnership that its room is about.
const OF_ROOM = Prisma.sql`room.company_uuid = r.company_uuid AND room.uuid = r.room_uuid`
const OF_PARTNERSHIP = Prisma.sql`p.company_uuid = room.company_uuid AND p.uuid = room.partnership_uuid`
// In a room about none, or about one that has not been received.
const WITHOUT_PARTNERSHIP = Prisma.sql`(r.company_uuid, r.room_uuid) IN (
  SELECT room.company_uuid, room.uuid FROM room
  WHERE room.company_uuid >= '' AND room.partnership_uuid IS NULL
  UNION ALL
  SELECT room.company_uuid, room.uuid FROM partnership_total t
  JOIN room ON room.company_uuid = t.company_uuid AND room.partnership_uuid = t.uuid
  WHERE NOT t.received)`

// As a list shows who sent a file: by name, else by e-mail address.
const AUTHOR = Prisma.sql`coalesce(
  nullif(btrim(coalesce(a.first_name, '') || ' ' || coalesce(a.last_name, '')), ''), nullif(a.email, ''))`
const AUTHOR_KEY = Prisma.sql`lower(left(${AUTHOR}, 200))`
const OF_MESSAGE = Prisma.sql`m.company_uuid = r.company_uuid AND m.uuid = r.message_uuid`
// The index of messages by their authors holds those with files only.
const OF_AUTHOR = Prisma.sql`m.company_uuid = a.company_uuid AND m.author_uuid = a.uuid
  AND m.attachment_count > 0`
// Few authors have no name, and one after the other is found through the index of their messages.
const WITHOUT_AUTHOR = Prisma.sql`(r.company_uuid, r.message_uuid) IN (
  WITH RECURSIVE sender AS (
    (SELECT m.author_uuid, m.company_uuid FROM message m
     WHERE m.attachment_count > 0 AND m.author_uuid IS NOT NULL ORDER BY 1, 2 LIMIT 1)
    UNION ALL
    SELECT next.author_uuid, next.company_uuid FROM sender s CROSS JOIN LATERAL (
      SELECT m.author_uuid, m.company_uuid FROM message m
      WHERE m.attachment_count > 0 AND (m.author_uuid, m.company_uuid) > (s.author_uuid, s.company_uuid)
      ORDER BY 1, 2 LIMIT 1) next)
  SELECT m.company_uuid, m.uuid FROM sender s
  JOIN message m ON m.author_uuid = s.author_uuid AND m.company_uuid = s.company_uuid
    AND m.attachment_count > 0
  WHERE NOT EXISTS (SELECT 1 FROM author a
    WHERE a.company_uuid = s.company_uuid AND a.uuid = s.author_uuid AND ${AUTHOR_KEY} IS NOT NULL)
  UNION ALL
  SELECT m.company_uuid, m.uuid FROM message m
  WHERE m.attachment_count > 0 AND m.author_uuid IS NULL)`

/** The list of attachments. */
export const ATTACHMENT_LIST: ListDefinition = {
  name: 'attachments',
  table,
  defaultSort: { column: 'sent', descending: true },
  columns: [
    builtIn({
      key: 'name',
      label: 'File',
      type: 'text',
      width: 280,
      sort: ownSource(table, { kind: 'text', key: Prisma.sql`r.sort_key`, nullable: false }),
      condition: textCondition(Prisma.sql`r.file_name`, true),
    }),
    builtIn({
      key: 'kind',
      label: 'Kind',
      type: 'label',
      operators: ['any', 'none'],
      options: FILE_KINDS.map((kind) => ({ value: kind, label: kind })),
      width: 120,
      sort: ownSource(table, { kind: 'text', key: KIND, nullable: false }),
      condition: labelCondition(KIND, KIND),
    }),
    builtIn({
      key: 'mimeType',
      label: 'Media type',
      type: 'label',
      shownByDefault: false,
      sort: ownSource(table, { kind: 'text', key: textKey(MIME_TYPE), nullable: true }),
      condition: labelCondition(MIME_TYPE),
    }),
    builtIn({
      key: 'size',
      label: 'Size in bytes',
      type: 'number',
      width: 140,
      sort: ownSource(table, { kind: 'integer', key: Prisma.sql`r.file_size`, nullable: true }),
      condition: numberCondition(Prisma.sql`r.file_size`),
    }),
    builtIn({
      key: 'partnership',
      label: 'Partnership',
      type: 'text',
      width: 200,
      sort: namedSource(table, {
        key: Prisma.sql`p.sort_key`,
        from: Prisma.sql`partnership p JOIN room ON ${OF_PARTNERSHIP} JOIN attachment r ON ${OF_ROOM}`,
        join: Prisma.sql`LEFT JOIN room ON ${OF_ROOM} LEFT JOIN partnership p ON ${OF_PARTNERSHIP}`,
        none: WITHOUT_PARTNERSHIP,
      }),
      condition: partnershipCondition,
    }),
    builtIn({
      key: 'author',
      label: 'Sent by',
      type: 'text',
      sort: namedSource(table, {
        key: AUTHOR_KEY,
        from: Prisma.sql`author a JOIN message m ON ${OF_AUTHOR} JOIN attachment r ON ${OF_MESSAGE}`,
        join: Prisma.sql`LEFT JOIN message m ON ${OF_MESSAGE} LEFT JOIN author a ON ${OF_AUTHOR}`,
        named: Prisma.sql`${AUTHOR_KEY} IS NOT NULL`,
        none: WITHOUT_AUTHOR,
      }),
      condition: authorCondition,
    }),
    time('sent', 'Sent', 'created_at'),
    builtIn({
      key: 'partnershipKey',
      label: 'Partnership by its ids',
      type: 'text',
      operators: ['is'],
      filterOnly: true,
      sort: null,
      condition: partnershipKeyCondition,
    }),
  ],
}

function authorCondition(filter: Filter): Prisma.Sql {
  if (filter.operator === 'empty' || filter.operator === 'filled') {
    readNoValue(filter)
    return filter.operator === 'empty'
      ? WITHOUT_AUTHOR
      : Prisma.sql`EXISTS (SELECT 1 FROM message m JOIN author a ON ${OF_AUTHOR}
          WHERE ${OF_MESSAGE} AND ${AUTHOR_KEY} IS NOT NULL)`
  }
  return Prisma.sql`(r.company_uuid, r.message_uuid) IN (
    SELECT m.company_uuid, m.uuid FROM author a JOIN message m ON ${OF_AUTHOR}
    WHERE ${textCondition(AUTHOR, Prisma.sql`a.search_text`)(filter)})`
}

function partnershipCondition(filter: Filter): Prisma.Sql {
  if (filter.operator === 'empty' || filter.operator === 'filled') {
    readNoValue(filter)
    return filter.operator === 'empty'
      ? WITHOUT_PARTNERSHIP
      : Prisma.sql`EXISTS (
          SELECT 1 FROM room JOIN partnership p ON ${OF_PARTNERSHIP} WHERE ${OF_ROOM})`
  }
  return Prisma.sql`(r.company_uuid, r.room_uuid) IN (
    SELECT room.company_uuid, room.uuid FROM partnership p JOIN room ON ${OF_PARTNERSHIP}
    WHERE ${partnershipNamed(filter)})`
}

function partnershipKeyCondition(filter: Filter): Prisma.Sql {
  const { companyUuid, uuid } = partnershipKey(filter)
  return Prisma.sql`(r.company_uuid, r.room_uuid) IN (
    SELECT room.company_uuid, room.uuid FROM room
    WHERE room.company_uuid = ${companyUuid} AND room.partnership_uuid = ${uuid})`
}
