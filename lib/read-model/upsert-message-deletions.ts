import { Prisma, type Transaction } from '@/lib/db'
import type { MessageRow } from '@/lib/projections/changes'
import { PROJECTOR_VERSION } from '@/lib/projections/projector-version'
import type { Version } from '@/lib/projections/version'
import type { WrittenMessage } from './message-state'

export type DeletionRow = MessageRow & { deletion: Version }

/**
 * Writes the deletion register of messages: the earliest deletion stays. It never touches the content.
 * A message of which nothing else has arrived becomes a bare tombstone: its content has the version
 * (the year 1, 0), which is below every other one (see belowEveryMoment), and its times are those of the
 * deletion. A tombstone of the same deletion that says something else is put right (see guardedUpsert).
 *
 * @returns The messages whose deletion changed.
 */
export async function upsertMessageDeletions(
  tx: Transaction,
  rows: DeletionRow[],
): Promise<WrittenMessage[]> {
  if (rows.length === 0) return []
  return tx.$queryRaw<WrittenMessage[]>`
    INSERT INTO message AS t
      (company_uuid, uuid, created_at, updated_at, edited, deleted_at, deleted_event_seq,
       first_event_at, occurred_at, event_seq, projector_version)
    SELECT company_uuid, uuid, deleted_at, deleted_at, false, deleted_at, deleted_event_seq,
       first_event_at, '0001-01-01T00:00:00Z'::timestamptz, 0, ${PROJECTOR_VERSION}
    FROM json_to_recordset(${JSON.stringify(rows.map(toRecord))}::json)
      AS x(company_uuid text, uuid text, deleted_at timestamptz, deleted_event_seq bigint,
           first_event_at timestamptz)
    ORDER BY company_uuid COLLATE "C", uuid COLLATE "C"
    ON CONFLICT (company_uuid, uuid) DO UPDATE SET
      deleted_at = excluded.deleted_at,
      deleted_event_seq = excluded.deleted_event_seq,
      attachment_count = 0,
      ${BARE_CONTENT},
      first_event_at = LEAST(t.first_event_at, excluded.first_event_at)
    WHERE t.deleted_at IS NULL
       OR (t.deleted_at, t.deleted_event_seq) > (excluded.deleted_at, excluded.deleted_event_seq)
       OR ((t.deleted_at, t.deleted_event_seq) = (excluded.deleted_at, excluded.deleted_event_seq)
         AND (t.attachment_count <> 0
           OR (t.event_seq = 0 AND (${OLD}) IS DISTINCT FROM (${NEW}))))
    RETURNING t.company_uuid, t.uuid, t.room_uuid, true AS deleted,
      t.attachment_count, t.xmax = 0 AS inserted`
}

// What a bare tombstone says of its content: nothing, and the times of the deletion.
const CONTENT = [
  'room_uuid',
  'partnership_uuid',
  'author_uuid',
  'content',
  'replied_to_message_uuid',
  'edited',
  'search_vector',
  'created_at',
  'updated_at',
]

const BARE_CONTENT = Prisma.raw(
  CONTENT.map(
    (name) => `${name} = CASE WHEN t.event_seq = 0 THEN excluded.${name} ELSE t.${name} END`,
  ).join(', '),
)
const OLD = Prisma.raw(CONTENT.map((name) => `t.${name}`).join(', '))
const NEW = Prisma.raw(CONTENT.map((name) => `excluded.${name}`).join(', '))

function toRecord(row: DeletionRow) {
  return {
    company_uuid: row.companyUuid,
    uuid: row.uuid,
    deleted_at: row.deletion.occurredAt,
    deleted_event_seq: String(row.deletion.eventSeq),
    first_event_at: row.firstEventAt,
  }
}
