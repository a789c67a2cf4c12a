import { db, Prisma } from '@/lib/db'
import { sortKey } from '@/lib/search-text'

/**
 * The field by which a customer tells partners apart, as the integration's settings name it (journeybee.md,
 * Configuration): one of the partnership's own, a custom field, by its id or by its label, or nothing that is
 * known or that could be compared.
 */
export type UniqueField = { companyUuid: string; setting: string } & (
  | { kind: 'column'; column: UniqueColumn }
  | { kind: 'custom'; fieldUuid: string; label: string | null; type: string }
  | { kind: 'incomparable'; fieldUuid: string; label: string | null; type: string }
  | { kind: 'unknown' }
)

export type UniqueColumn =
  'company_domain' | 'company_website' | 'company_email' | 'company_name' | 'company_phone_number'

const MAX_COMPANIES = 50
const COMPARED_TYPES = ['text', 'textarea', 'select', 'number']

// What is compared: addresses without what people spell differently, the others without regard to case.
const COLUMN_KEYS: Record<UniqueColumn, { key: Prisma.Sql; is: Prisma.Sql }> = {
  company_domain: { key: Prisma.sql`p.domain_key`, is: Prisma.sql`p.domain_key IS NOT NULL` },
  company_website: { key: Prisma.sql`p.website_key`, is: Prisma.sql`p.website_key IS NOT NULL` },
  company_email: { key: Prisma.sql`p.email_key`, is: Prisma.sql`p.email_key IS NOT NULL` },
  // The name that the list is sorted by: trimmed, in small letters.
  company_name: { key: Prisma.sql`p.sort_key`, is: Prisma.sql`btrim(p.company_name) <> ''` },
  company_phone_number: phoneKey(),
}

function phoneKey() {
  const key = Prisma.sql`lower(left(nullif(p.company_phone_number, ''), 200))`
  return { key, is: Prisma.sql`${key} IS NOT NULL` }
}

/** The unique field of a company; null when none of its events has told one. */
export async function readUniqueField(companyUuid: string): Promise<UniqueField | null> {
  const [setting] = await settingsWhere(Prisma.sql`company_uuid = ${companyUuid}`)
  return setting ? resolve(setting) : null
}

/** Some of the companies whose events have told their unique field, by company. */
export type UniqueFields = {
  fields: UniqueField[]
  /** From which company on the ones before and after these are; null where there are none. */
  earlier: string | null
  later: string | null
}

/**
 * The unique fields of at most 50 companies.
 *
 * @param from The first company whose field is wanted, or the next one that has told its field.
 */
export async function readUniqueFields(from: string): Promise<UniqueFields> {
  const [found, before] = await Promise.all([
    settingsWhere(Prisma.sql`company_uuid >= ${from}`, MAX_COMPANIES + 1),
    settingsWhere(Prisma.sql`company_uuid < ${from}`, MAX_COMPANIES, Prisma.sql`DESC`),
  ])
  return {
    fields: await Promise.all(found.slice(0, MAX_COMPANIES).map(resolve)),
    earlier: before.at(-1)?.companyUuid ?? null,
    later: found[MAX_COMPANIES]?.companyUuid ?? null,
  }
}

function settingsWhere(companies: Prisma.Sql, limit = 1, order = Prisma.sql`ASC`) {
  return db().$queryRaw<{ companyUuid: string; setting: string }[]>`
    SELECT company_uuid AS "companyUuid", left(value, 300) AS setting FROM integration_setting
    WHERE section_id = 'partner_integration_settings' AND setting_id = 'unique_field_partner'
      AND btrim(value) <> '' AND ${companies}
    ORDER BY company_uuid ${order} LIMIT ${limit}`
}

async function resolve(named: { companyUuid: string; setting: string }): Promise<UniqueField> {
  const { companyUuid, setting } = named
  if (isUniqueColumn(setting)) return { ...named, kind: 'column', column: setting }
  const found = await db().$queryRaw<
    { fieldUuid: string; label: string | null; type: string; byId: boolean }[]
  >`
    SELECT uuid AS "fieldUuid", left(label, 300) AS label, type, uuid = ${setting} AS "byId"
    FROM custom_field
    WHERE company_uuid = ${companyUuid} AND (uuid = ${setting} OR sort_key = ${sortKey(setting)})
    ORDER BY "byId" DESC, uuid LIMIT 2`
  const [field, other] = found
  // Two fields of one label: nobody can say which is meant.
  if (!field || (other && !field.byId)) return { ...named, kind: 'unknown' }
  const { fieldUuid, label, type } = field
  const kind = COMPARED_TYPES.includes(type) ? 'custom' : 'incomparable'
  return { ...named, kind, fieldUuid, label, type }
}

function isUniqueColumn(setting: string): setting is UniqueColumn {
  return Object.hasOwn(COLUMN_KEYS, setting)
}

/**
 * SQL for the values of a company's partnerships in its unique field: `key`, equal for what counts as the same,
 * and `uuid`. Both come from an index that begins with the key, or with the company and the field.
 */
export function uniqueKeys(field: UniqueField): Prisma.Sql | null {
  if (field.kind === 'column') {
    const { key, is } = COLUMN_KEYS[field.column]
    return Prisma.sql`
      SELECT ${key} AS key, p.uuid FROM partnership p
      WHERE p.company_uuid = ${field.companyUuid} AND ${is}`
  }
  if (field.kind !== 'custom') return null
  const value =
    field.type === 'number'
      ? Prisma.sql`v.number_value::text`
      : Prisma.sql`lower(left(coalesce(nullif(v.text_value, ''), v.option_labels[1]), 200))`
  const ofField = Prisma.sql`v.company_uuid = ${field.companyUuid}
    AND v.field_uuid = ${field.fieldUuid} AND v.owner_type = 'partnership'`
  return Prisma.sql`
    SELECT ${value} AS key, v.owner_uuid AS uuid FROM custom_field_value v
    WHERE ${ofField} AND ${value} IS NOT NULL AND ${value} <> ''`
}
