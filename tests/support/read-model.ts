import { db, Prisma } from '@/lib/db'

const TABLES = [
  'partnership',
  'custom_field',
  'custom_field_value',
  'contact',
  'room',
  'message',
  'attachment',
  'author',
  'integration_setting',
] as const

export type ReadModelTable = (typeof TABLES)[number]

/** Every row of the read model as text, table by table, in an order that says nothing of how it was written. */
export async function dumpReadModel(): Promise<Record<ReadModelTable, string[]>> {
  const tables = await Promise.all(
    TABLES.map(async (table) => {
      const rows = await db().$queryRaw<{ line: string }[]>(
        Prisma.sql`SELECT to_jsonb(t)::text AS line FROM ${Prisma.raw(table)} t ORDER BY to_jsonb(t)::text COLLATE "C"`,
      )
      return [table, rows.map(({ line }) => line)] as const
    }),
  )
  return Object.fromEntries(tables) as Record<ReadModelTable, string[]>
}

/** Empties the read model and leaves the log. */
export async function emptyReadModel(): Promise<void> {
  await db().$executeRaw(Prisma.raw(`TRUNCATE ${TABLES.join(', ')}`))
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
