import { PREPARED, Prisma, type Transaction } from '@/lib/db'
import { fieldColumn, readFieldColumn } from '@/lib/list-view/field-column'
import type { ColumnKey } from '@/lib/list-view/list-view'
import { filledValue } from '../filled-value'
import type { Extent } from './extent'
import { valueColumns } from '../value-columns'

/** What a row has in a custom field. Which of the typed values is set follows `type`; else it is `raw`: JSON text. */
export type FieldValue = {
  type: string
  textValue: string | null
  numberValue: number | null
  dateValue: Date | null
  booleanValue: boolean | null
  optionLabels: string[]
  raw: string | null
}

export type FieldValues = Record<ColumnKey, FieldValue>

type Owner = { companyUuid: string; uuid: string }

type FoundValue = FieldValue & { place: number; fieldUuid: string }

/** What rows have in the custom fields that are shown, row by row; empty values are left out. */
export async function fieldValues(
  tx: Transaction,
  owner: 'partnership' | 'contact',
  rows: Owner[],
  fields: ColumnKey[],
  extent: Extent,
): Promise<FieldValues[]> {
  // A column's key begins with a word of ours: it is never the name of a property of all objects.
  const values: FieldValues[] = rows.map(() => ({}))
  const wanted = fields.map(readFieldColumn).filter((field) => field !== null)
  if (rows.length === 0 || wanted.length === 0) return values
  const keys = columnKeys(wanted)
  const found = await tx.$queryRaw<FoundValue[]>(valuesSql(owner, rows, wanted, extent))
  for (const { place, fieldUuid, ...value } of found) {
    const row = rows[place - 1]
    const ofRow = values[place - 1]
    const key = row && keys.get(row.companyUuid)?.get(fieldUuid)
    if (ofRow && key !== undefined) ofRow[key] = value
  }
  return values
}

/** How many bytes such values have together, row by row. */
export async function fieldSizes(
  tx: Transaction,
  owner: 'partnership' | 'contact',
  rows: Owner[],
  fields: ColumnKey[],
  extent: Extent,
): Promise<number[]> {
  const sizes = rows.map(() => 0)
  const wanted = fields.map(readFieldColumn).filter((field) => field !== null)
  if (rows.length === 0 || wanted.length === 0) return sizes
  const [found] = await tx.$queryRaw<{ places: number[] | null; bytes: number[] | null }[]>`
    SELECT array_agg(place) AS places, array_agg(bytes) AS bytes FROM (
      SELECT place, sum(octet_length(row_to_json(x)::text))::float8 AS bytes
      FROM (${valuesSql(owner, rows, wanted, extent)}) x GROUP BY place) measured`
  for (const [n, place] of (found?.places ?? []).entries()) {
    sizes[place - 1] = found?.bytes?.[n] ?? 0
  }
  return sizes
}

type Field = { companyUuid: string; fieldUuid: string }

// Two companies may have a field of one id, of which the view shows one.
function columnKeys(fields: Field[]): Map<string, Map<string, ColumnKey>> {
  const keys = new Map<string, Map<string, ColumnKey>>()
  for (const { companyUuid, fieldUuid } of fields) {
    const ofCompany = keys.get(companyUuid) ?? new Map<string, ColumnKey>()
    keys.set(companyUuid, ofCompany.set(fieldUuid, fieldColumn(companyUuid, fieldUuid)))
  }
  return keys
}

// Owner by owner: joined to pairs of owners and fields, Postgres reads all that an owner has once a field.
function valuesSql(
  owner: 'partnership' | 'contact',
  rows: Owner[],
  wanted: Field[],
  { text, items, label }: Extent,
): Prisma.Sql {
  const columns = valueColumns(text, Math.max(items, 50), Math.max(label, 300))
  return Prisma.sql`${PREPARED}
    SELECT o.place::int AS place, v.field_uuid AS "fieldUuid", ${columns}
    FROM unnest(${rows.map((row) => row.companyUuid)}::text[],
      ${rows.map((row) => row.uuid)}::text[]) WITH ORDINALITY AS o(company_uuid, uuid, place)
    JOIN custom_field_value v ON v.company_uuid = o.company_uuid
      AND v.owner_type = ${owner}::custom_field_owner AND v.owner_uuid = o.uuid
      AND v.field_uuid = ANY (${wanted.map((field) => field.fieldUuid)}::text[])
    WHERE ${filledValue}`
}

/** SQL for the ids of rows as a table `k` with their place `n` in the list. */
export function keysTable(names: readonly string[], ids: string[][]): Prisma.Sql {
  const columns = names.map((_, id) => Prisma.sql`${ids.map((key) => key[id])}::text[]`)
  return Prisma.sql`unnest(${Prisma.join(columns)}) WITH ORDINALITY
    AS k(${Prisma.raw(names.join(', '))}, n)`
}
