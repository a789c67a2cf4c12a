import { Prisma, type Transaction } from '@/lib/db'
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

type FoundValue = FieldValue & { companyUuid: string; ownerUuid: string; fieldUuid: string }

/**
 * What rows have in the custom fields that are shown, by the key of `ownerKey`; empty values are left out.
 */
export async function fieldValues(
  tx: Transaction,
  owner: 'partnership' | 'contact',
  rows: Owner[],
  fields: ColumnKey[],
  extent: Extent,
): Promise<Map<string, FieldValues>> {
  const values = new Map<string, FieldValues>(
    // A column's key begins with a word of ours: it is never the name of a property of all objects.
    rows.map((row) => [ownerKey(row), {}]),
  )
  const wanted = fields.map(readFieldColumn).filter((field) => field !== null)
  if (rows.length === 0 || wanted.length === 0) return values
  const found = await tx.$queryRaw<FoundValue[]>(valuesSql(owner, rows, wanted, extent))
  for (const { companyUuid, ownerUuid, fieldUuid, ...value } of found) {
    const ofOwner = values.get(ownerKey({ companyUuid, uuid: ownerUuid }))
    if (ofOwner) ofOwner[fieldColumn(companyUuid, fieldUuid)] = value
  }
  return values
}

/** How many bytes such values have together, by the key of `ownerKey`; those without any are left out. */
export async function fieldSizes(
  tx: Transaction,
  owner: 'partnership' | 'contact',
  rows: Owner[],
  fields: ColumnKey[],
  extent: Extent,
): Promise<Map<string, number>> {
  const wanted = fields.map(readFieldColumn).filter((field) => field !== null)
  if (rows.length === 0 || wanted.length === 0) return new Map()
  const found = await tx.$queryRaw<(Owner & { bytes: number })[]>`
    SELECT x."companyUuid", x."ownerUuid" AS uuid, sum(octet_length(row_to_json(x)::text))::float8 AS bytes
    FROM (${valuesSql(owner, rows, wanted, extent)}) x GROUP BY 1, 2`
  return new Map(found.map((row) => [ownerKey(row), row.bytes]))
}

type Field = { companyUuid: string; fieldUuid: string }

function valuesSql(
  owner: 'partnership' | 'contact',
  rows: Owner[],
  wanted: Field[],
  { text, items, label }: Extent,
): Prisma.Sql {
  const columns = valueColumns(text, Math.max(items, 50), Math.max(label, 300))
  return Prisma.sql`
    SELECT v.company_uuid AS "companyUuid", v.owner_uuid AS "ownerUuid",
      v.field_uuid AS "fieldUuid", ${columns}
    FROM unnest(${wanted.map((field) => field.companyUuid)}::text[],
      ${wanted.map((field) => field.fieldUuid)}::text[]) AS f(company_uuid, field_uuid)
    JOIN unnest(${rows.map((row) => row.companyUuid)}::text[],
      ${rows.map((row) => row.uuid)}::text[]) AS o(company_uuid, uuid)
      ON o.company_uuid = f.company_uuid
    JOIN custom_field_value v ON v.company_uuid = f.company_uuid AND v.field_uuid = f.field_uuid
      AND v.owner_type = ${owner}::custom_field_owner AND v.owner_uuid = o.uuid
    WHERE ${filledValue}`
}

/** What tells owners apart in a map. */
export function ownerKey({ companyUuid, uuid }: Owner): string {
  return JSON.stringify([companyUuid, uuid])
}

/** SQL for the ids of rows as a table `k` with their place `n` in the list. */
export function keysTable(names: readonly string[], ids: string[][]): Prisma.Sql {
  const columns = names.map((_, id) => Prisma.sql`${ids.map((key) => key[id])}::text[]`)
  return Prisma.sql`unnest(${Prisma.join(columns)}) WITH ORDINALITY
    AS k(${Prisma.raw(names.join(', '))}, n)`
}
