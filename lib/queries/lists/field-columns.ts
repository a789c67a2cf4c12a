import { PREPARED, Prisma, type Transaction } from '@/lib/db'
import { fieldColumn, readFieldColumn } from '@/lib/list-view/field-column'
import { OPERATORS_OF, type ColumnType } from '@/lib/list-view/list-column'
import type { ColumnKey } from '@/lib/list-view/list-view'
import type { ColumnDefinition } from './column-definition'
import { fieldSet, setCondition } from './field-conditions'
import type { ListTable } from './list-table'
import { fieldSource, type KeyKind } from './sort-source'

/** So many custom fields a list offers; others can be named in its address all the same. */
export const OFFERED_FIELDS = 300
const OFFERED_OPTIONS = 200

// journeybee.md, Custom fields
const TYPES: Record<string, ColumnType> = {
  text: 'text',
  textarea: 'text',
  number: 'number',
  date: 'date',
  boolean: 'boolean',
  select: 'select',
  multi_select: 'multi-select',
}

// Of a field that somebody has filled nothing else needs to be looked up.
const FILLED = {
  partnership: Prisma.sql`f.partnership_count`,
  contact: Prisma.sql`f.contact_count`,
}

type FoundField = {
  companyUuid: string
  fieldUuid: string
  label: string | null
  type: string
  options: { value: string; label: string }[]
}

/**
 * The custom fields that the rows of a list have, by label, as columns: the first 300 and those that are
 * named.
 *
 * @param named Keys of columns; those that no field has are left out.
 * @param chosen Ids of options that are wanted with their labels, be they among the first 200 of a field or not.
 * @throws InvalidAddressError when one of them is malformed.
 */
export async function fieldColumns(
  tx: Transaction,
  table: ListTable,
  named: ColumnKey[],
  chosen: string[],
): Promise<ColumnDefinition[]> {
  const { owner } = table
  if (!owner) return []
  const wanted = named.map(readFieldColumn).filter((field) => field !== null)
  const fields = Prisma.sql`
    SELECT f.company_uuid, f.uuid, f.label, f.type, f.options, f.sort_key FROM custom_field f
    WHERE (${FILLED[owner]} > 0 OR EXISTS (
      SELECT 1 FROM custom_field_value v WHERE v.company_uuid = f.company_uuid
        AND v.field_uuid = f.uuid AND v.owner_type = ${owner}::custom_field_owner))`
  const found = await tx.$queryRaw<FoundField[]>`${PREPARED}
    SELECT f.company_uuid AS "companyUuid", f.uuid AS "fieldUuid", f.type,
      left(nullif(f.label, ''), 200) AS label, listed.options
    FROM (
      (${fields} ORDER BY f.sort_key, f.company_uuid, f.uuid LIMIT ${OFFERED_FIELDS})
      UNION
      (${fields} AND (f.company_uuid, f.uuid) IN (
        SELECT * FROM unnest(${wanted.map((field) => field.companyUuid)}::text[],
          ${wanted.map((field) => field.fieldUuid)}::text[])))
    ) f
    CROSS JOIN LATERAL (
      SELECT coalesce(jsonb_agg(jsonb_build_object('value', o ->> 'id',
        'label', left(coalesce(nullif(o ->> 'label', ''), o ->> 'id'), 200)) ORDER BY n), '[]') AS options
      FROM jsonb_array_elements(
        CASE jsonb_typeof(f.options) WHEN 'array' THEN f.options ELSE '[]' END
      ) WITH ORDINALITY AS given(o, n)
      WHERE n <= ${OFFERED_OPTIONS}::int OR o ->> 'id' = ANY (${chosen}::text[])
    ) listed
    ORDER BY f.sort_key, f.company_uuid, f.uuid`
  return found.map((field) => toColumn(table, owner, field))
}

/** The labels of some options of a custom field, by their ids; cut to 200 characters. */
export async function optionLabels(
  tx: Transaction,
  { companyUuid, fieldUuid }: { companyUuid: string; fieldUuid: string },
  ids: string[],
): Promise<Map<string, string>> {
  const found = await tx.$queryRaw<{ id: string; label: string }[]>`
    SELECT o ->> 'id' AS id, left(o ->> 'label', 200) AS label
    FROM custom_field f
    CROSS JOIN LATERAL jsonb_array_elements(
      CASE jsonb_typeof(f.options) WHEN 'array' THEN f.options ELSE '[]' END) o
    WHERE f.company_uuid = ${companyUuid} AND f.uuid = ${fieldUuid}
      AND o ->> 'id' = ANY (${ids}::text[]) AND o ->> 'label' <> ''`
  return new Map(found.map(({ id, label }) => [id, label]))
}

function toColumn(
  table: ListTable,
  owner: 'partnership' | 'contact',
  field: FoundField,
): ColumnDefinition {
  const { companyUuid, fieldUuid } = field
  // A type that is not known has values that nobody can compare.
  const known = Object.hasOwn(TYPES, field.type) ? TYPES[field.type] : undefined
  const type = known ?? 'text'
  const values = fieldSet({ owner, companyUuid, fieldUuid, type })
  const chooses = type === 'select' || type === 'multi-select'
  return {
    column: {
      key: fieldColumn(companyUuid, fieldUuid),
      label: field.label ?? fieldUuid,
      type,
      sortable: known !== undefined,
      operators: known ? OPERATORS_OF[type] : ['empty', 'filled'],
      ...(chooses && { options: field.options }),
      custom: true,
      shownByDefault: false,
      width: 150,
    },
    sort: known ? fieldSource(table, { companyUuid, fieldUuid, ...KEYS[type] }) : null,
    condition: (filter) => setCondition(values(filter)),
    values,
  }
}

// As the indexes of custom_field_value have them.
const TEXT: { kind: KeyKind; key: Prisma.Sql } = {
  kind: 'text',
  key: Prisma.sql`lower(left(coalesce(nullif(v.text_value, ''), v.option_labels[1]), 200))`,
}

const KEYS: Record<ColumnType, typeof TEXT> = {
  text: TEXT,
  label: TEXT,
  select: TEXT,
  'multi-select': TEXT,
  number: { kind: 'number', key: Prisma.sql`v.number_value` },
  count: { kind: 'number', key: Prisma.sql`v.number_value` },
  date: { kind: 'time', key: Prisma.sql`v.date_value` },
  boolean: { kind: 'boolean', key: Prisma.sql`v.boolean_value` },
}
