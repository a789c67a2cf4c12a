import { db, Prisma, type Transaction } from '@/lib/db'
import { FILLED_VALUE } from '@/lib/filled-value'
import { READ_MODEL_TABLES, type ReadModelTable } from '@/lib/read-model/read-model-tables'

/** Every row of the read model as text, table by table, in an order that says nothing of how it was written. */
export async function dumpReadModel(
  tx: Transaction = db(),
  schema = 'public',
): Promise<Record<ReadModelTable, string[]>> {
  const dump: Partial<Record<ReadModelTable, string[]>> = {}
  for (const table of READ_MODEL_TABLES) {
    const rows = await tx.$queryRaw<{ line: string }[]>(
      Prisma.sql`SELECT to_jsonb(t)::text AS line FROM ${Prisma.raw(`${schema}.${table}`)} t ORDER BY to_jsonb(t)::text COLLATE "C"`,
    )
    dump[table] = rows.map(({ line }) => line)
  }
  return dump as Record<ReadModelTable, string[]>
}

/** Empties the read model and leaves the log. */
export async function emptyReadModel(): Promise<void> {
  await db().$executeRaw(Prisma.raw(`TRUNCATE ${READ_MODEL_TABLES.join(', ')}, attachment_file`))
}

/** Empties the log and the read model. */
export async function emptyEverything(): Promise<void> {
  await emptyReadModel()
  await db().$executeRaw`TRUNCATE webhook_event, event_attempt`
}

/** Rooms whose stored totals are not what counting their messages gives; empty when all is well. */
export async function roomsThatMiscount(): Promise<unknown[]> {
  return db().$queryRaw`
    SELECT r.uuid
    FROM room r
    LEFT JOIN LATERAL (
      SELECT count(*) FILTER (WHERE m.deleted_at IS NULL) AS messages,
             max(m.created_at) AS last_at
      FROM message m
      WHERE m.company_uuid = r.company_uuid AND m.room_uuid = r.uuid
    ) counted ON true
    LEFT JOIN LATERAL (
      SELECT count(*) AS attachments
      FROM attachment a
      WHERE a.company_uuid = r.company_uuid AND a.room_uuid = r.uuid
    ) attached ON true
    LEFT JOIN LATERAL (
      SELECT m.uuid
      FROM message m
      WHERE m.company_uuid = r.company_uuid AND m.room_uuid = r.uuid
      ORDER BY m.created_at DESC, m.uuid DESC
      LIMIT 1
    ) newest ON true
    WHERE r.message_count <> counted.messages
       OR r.attachment_count <> attached.attachments
       OR r.last_message_at IS DISTINCT FROM counted.last_at
       OR r.last_message_uuid IS DISTINCT FROM newest.uuid
       OR r.sort_at <> COALESCE(counted.last_at, 'epoch'::timestamptz)`
}

/** Partnerships whose stored totals are not what counting gives; empty when all is well. */
export async function partnershipsThatMiscount(): Promise<unknown[]> {
  return db().$queryRaw`
    WITH named AS (
      SELECT company_uuid, uuid FROM partnership
      UNION SELECT company_uuid, partnership_uuid FROM contact WHERE partnership_uuid IS NOT NULL
      UNION SELECT company_uuid, partnership_uuid FROM room WHERE partnership_uuid IS NOT NULL
    ), counted AS (
      SELECT n.*,
        EXISTS (SELECT FROM partnership p
          WHERE p.company_uuid = n.company_uuid AND p.uuid = n.uuid) AS received,
        (SELECT count(*) FROM contact c
          WHERE c.company_uuid = n.company_uuid AND c.partnership_uuid = n.uuid) AS contacts,
        (SELECT count(*) FROM room r
          WHERE r.company_uuid = n.company_uuid AND r.partnership_uuid = n.uuid) AS rooms,
        (SELECT count(*) FROM message m JOIN room r
          ON r.company_uuid = m.company_uuid AND r.uuid = m.room_uuid
          WHERE r.company_uuid = n.company_uuid AND r.partnership_uuid = n.uuid
            AND m.deleted_at IS NULL) AS messages,
        coalesce(
          (SELECT p.partner_type FROM partnership p
            WHERE p.company_uuid = n.company_uuid AND p.uuid = n.uuid),
          (SELECT r.partner_type FROM room r
            WHERE r.company_uuid = n.company_uuid AND r.partnership_uuid = n.uuid
              AND r.partner_type IS NOT NULL
            ORDER BY r.occurred_at DESC, r.event_seq DESC LIMIT 1)) AS told_type,
        (SELECT max(m.created_at) FROM message m JOIN room r
          ON r.company_uuid = m.company_uuid AND r.uuid = m.room_uuid
          WHERE r.company_uuid = n.company_uuid AND r.partnership_uuid = n.uuid) AS last_at
      FROM named n
    )
    SELECT company_uuid, uuid, t.*, counted.*
    FROM counted FULL JOIN partnership_total t USING (company_uuid, uuid)
    WHERE (t.received, t.contact_count, t.room_count, t.message_count, t.last_message_at, t.sort_at,
        t.partner_type)
      IS DISTINCT FROM (counted.received, contacts::int, rooms::int, messages::int, last_at,
        COALESCE(last_at, 'epoch'::timestamptz), told_type)`
}

/** Custom fields whose stored counts are not what counting their values gives; empty when all is well. */
export async function fieldsThatMiscount(): Promise<unknown[]> {
  return db().$queryRaw`
    WITH counted AS (
      SELECT company_uuid, field_uuid AS uuid,
        count(*) FILTER (WHERE owner_type = 'partnership') AS partnerships,
        count(*) FILTER (WHERE owner_type = 'contact') AS contacts
      FROM custom_field_value WHERE ${Prisma.raw(FILLED_VALUE)} GROUP BY 1, 2
    )
    SELECT company_uuid, uuid, f.partnership_count, f.contact_count, counted.*
    FROM custom_field f FULL JOIN counted USING (company_uuid, uuid)
    WHERE (f.partnership_count, f.contact_count) IS DISTINCT FROM
      (coalesce(partnerships, 0)::int, coalesce(contacts, 0)::int)`
}

/** Attachments with a link that the archive was not told of; empty when all is well. */
export async function attachmentsWithoutTask(): Promise<unknown[]> {
  return db().$queryRaw`
    SELECT a.uuid FROM attachment a
    WHERE a.file_url ~ '\\S' AND NOT EXISTS (
      SELECT FROM attachment_file f
      WHERE f.company_uuid = a.company_uuid AND f.message_uuid = a.message_uuid AND f.uuid = a.uuid
        AND f.url_hash = sha256(convert_to(a.file_url, 'UTF8')))`
}
