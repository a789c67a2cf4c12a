import { Prisma, type Transaction } from '@/lib/db'
import type { Changes, Keyed } from '@/lib/projections/changes'
import { READ_MODEL_KEYS, type ReadModelTable } from './read-model-tables'

/** The columns of each table that can be written: all but the generated ones. */
export type WritableColumns = Map<string, string[]>

/** Reads which columns a shadow's rows are copied by. */
export async function listWritableColumns(tx: Transaction): Promise<WritableColumns> {
  const rows = await tx.$queryRaw<{ table: string; columns: string[] }[]>`
    SELECT t.relname AS table, array_agg(a.attname::text ORDER BY a.attnum) AS columns
    FROM pg_class t
    JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE t.relnamespace = 'public'::regnamespace AND a.attgenerated = ''
      AND t.relname = ANY(${Object.keys(READ_MODEL_KEYS)})
    GROUP BY t.relname`
  return new Map(rows.map(({ table, columns }) => [table, columns]))
}

/** The table of the partnerships whose totals were copied: a total may be removed, and then is nowhere else. */
export const COUNTED_TOTALS = 'pg_temp.counted_total'

/**
 * Copies those live rows into the temporary tables that `writeChanges` reads or writes for these changes,
 * unless they were copied before: by then the temporary ones may have changed. Locks nothing.
 */
export async function copyAffected(
  tx: Transaction,
  changes: Changes,
  columns: WritableColumns,
): Promise<void> {
  const copy = new Copier(tx, columns)
  await copy.withChildren('partnership', keysOf(changes.partnerships), {
    table: 'custom_field_value',
    on: `c.owner_type = 'partnership' AND c.owner_uuid = o.uuid`,
  })
  await copy.withChildren('contact', keysOf(changes.contacts), {
    table: 'custom_field_value',
    on: `c.owner_type = 'contact' AND c.owner_uuid = o.uuid`,
  })
  await copy.withChildren('message', keysOf(changes.messages), {
    table: 'attachment',
    on: 'c.message_uuid = o.uuid',
  })
  await copy.rows('custom_field', keysOf(changes.customFields))
  await copy.fieldsOf('partnership', keysOf(changes.partnerships))
  await copy.fieldsOf('contact', keysOf(changes.contacts))
  await copy.rows('author', keysOf(changes.authors))
  await copy.rows(
    'integration_setting',
    changes.integrationSettings.map((row) => ({
      company_uuid: row.companyUuid,
      section_id: row.sectionId,
      setting_id: row.settingId,
    })),
  )
  await copy.rows('room', keysOf(changes.rooms))
  await copy.roomsOf(keysOf(changes.messages))
  await copy.totals(changes)
}

type Key = Record<string, string>
type Child = { table: ReadModelTable; on: string }

function keysOf(rows: Keyed[]): Key[] {
  return rows.map(({ companyUuid, uuid }) => ({ company_uuid: companyUuid, uuid }))
}

class Copier {
  constructor(
    private readonly tx: Transaction,
    private readonly columns: WritableColumns,
  ) {}

  async rows(table: ReadModelTable, keys: Key[]): Promise<void> {
    if (keys.length > 0) await this.tx.$executeRaw(this.insert(table, keys))
  }

  /**
   * Rows with what belongs to them. That comes first, as long as its owner says by its absence that it was
   * not copied before; it may be there without an owner, where a fault has left it behind.
   */
  async withChildren(table: ReadModelTable, keys: Key[], child: Child): Promise<void> {
    if (keys.length === 0) return
    const names = this.namesOf(child.table)
    const copied = Prisma.raw(names.map((name) => `c.${name}`).join(', '))
    await this.tx.$executeRaw`
      INSERT INTO pg_temp.${Prisma.raw(child.table)} (${Prisma.raw(names.join(', '))})
      SELECT ${copied}
      FROM json_to_recordset(${JSON.stringify(keys)}::json) AS o(company_uuid text, uuid text)
      JOIN public.${Prisma.raw(child.table)} c
        ON c.company_uuid = o.company_uuid AND ${Prisma.raw(child.on)}
      WHERE NOT EXISTS (SELECT FROM pg_temp.${Prisma.raw(table)} t
        WHERE t.company_uuid = o.company_uuid AND t.uuid = o.uuid)
      ON CONFLICT DO NOTHING`
    await this.rows(table, keys)
  }

  /** The definitions of the fields that owners have values of: their counts may change. */
  async fieldsOf(ownerType: 'partnership' | 'contact', owners: Key[]): Promise<void> {
    if (owners.length === 0) return
    const names = this.namesOf('custom_field')
    const copied = Prisma.raw(names.map((name) => `f.${name}`).join(', '))
    await this.tx.$executeRaw`
      INSERT INTO pg_temp.custom_field (${Prisma.raw(names.join(', '))})
      SELECT ${copied}
      FROM json_to_recordset(${JSON.stringify(owners)}::json) AS o(company_uuid text, uuid text)
      JOIN public.custom_field_value v ON v.company_uuid = o.company_uuid
        AND v.owner_type = ${ownerType}::custom_field_owner AND v.owner_uuid = o.uuid
      JOIN public.custom_field f ON f.company_uuid = v.company_uuid AND f.uuid = v.field_uuid
      ON CONFLICT DO NOTHING`
  }

  /** The rooms in which messages stand, which may be other ones than their events name. */
  async roomsOf(messages: Key[]): Promise<void> {
    if (messages.length === 0) return
    const names = this.namesOf('room')
    const copied = Prisma.raw(names.map((name) => `r.${name}`).join(', '))
    await this.tx.$executeRaw`
      INSERT INTO pg_temp.room (${Prisma.raw(names.join(', '))})
      SELECT ${copied}
      FROM json_to_recordset(${JSON.stringify(messages)}::json) AS x(company_uuid text, uuid text)
      JOIN pg_temp.message m ON m.company_uuid = x.company_uuid AND m.uuid = x.uuid
      JOIN public.room r ON r.company_uuid = m.company_uuid AND r.uuid = m.room_uuid
      ON CONFLICT DO NOTHING`
  }

  /** The totals of partnerships that are named, and of those that contacts and rooms belong to now. */
  async totals({ partnerships, contacts, rooms, messages }: Changes): Promise<void> {
    const named = [
      ...partnerships.map(({ companyUuid, uuid }) => [companyUuid, uuid] as const),
      ...[...contacts, ...rooms].map((row) => [row.companyUuid, row.partnershipUuid] as const),
    ].flatMap(([company_uuid, uuid]) => (uuid === null ? [] : { company_uuid, uuid }))
    const json = (keys: Key[]) =>
      Prisma.sql`json_to_recordset(${JSON.stringify(keys)}::json) AS x(company_uuid text, uuid text)`
    const names = this.namesOf('partnership_total')
    const copied = Prisma.raw(names.map((name) => `t.${name}`).join(', '))
    await this.tx.$executeRaw`
      WITH touched AS (
        SELECT company_uuid, uuid FROM ${json(named)}
        UNION
        SELECT c.company_uuid, c.partnership_uuid FROM ${json(keysOf(contacts))}
        JOIN pg_temp.contact c ON c.company_uuid = x.company_uuid AND c.uuid = x.uuid
        WHERE c.partnership_uuid IS NOT NULL
        UNION
        SELECT r.company_uuid, r.partnership_uuid FROM ${json(keysOf(rooms))}
        JOIN pg_temp.room r ON r.company_uuid = x.company_uuid AND r.uuid = x.uuid
        WHERE r.partnership_uuid IS NOT NULL
        UNION
        SELECT r.company_uuid, r.partnership_uuid FROM ${json(keysOf(messages))}
        JOIN pg_temp.message m ON m.company_uuid = x.company_uuid AND m.uuid = x.uuid
        JOIN pg_temp.room r ON r.company_uuid = m.company_uuid AND r.uuid = m.room_uuid
        WHERE r.partnership_uuid IS NOT NULL
      ), counted AS (
        INSERT INTO ${Prisma.raw(COUNTED_TOTALS)} (company_uuid, uuid)
        SELECT company_uuid, uuid FROM touched
        ON CONFLICT DO NOTHING
        RETURNING company_uuid, uuid
      )
      INSERT INTO pg_temp.partnership_total (${Prisma.raw(names.join(', '))})
      SELECT ${copied}
      FROM counted c
      JOIN public.partnership_total t ON t.company_uuid = c.company_uuid AND t.uuid = c.uuid
      ON CONFLICT DO NOTHING`
  }

  private insert(table: ReadModelTable, keys: Key[]): Prisma.Sql {
    const names = this.namesOf(table)
    const key = READ_MODEL_KEYS[table]
    const on = key.map((name) => `l.${name} = x.${name}`).join(' AND ')
    return Prisma.sql`
      INSERT INTO pg_temp.${Prisma.raw(table)} (${Prisma.raw(names.join(', '))})
      SELECT ${Prisma.raw(names.map((name) => `l.${name}`).join(', '))}
      FROM json_to_recordset(${JSON.stringify(keys)}::json)
        AS x(${Prisma.raw(key.map((name) => `${name} text`).join(', '))})
      JOIN public.${Prisma.raw(table)} l ON ${Prisma.raw(on)}
      ON CONFLICT DO NOTHING`
  }

  private namesOf(table: ReadModelTable): string[] {
    return this.columns.get(table) ?? []
  }
}
