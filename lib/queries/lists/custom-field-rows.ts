import { Prisma, type Transaction } from '@/lib/db'
import { filledValue } from '../filled-value'
import type { Extent } from './extent'
import { keysTable } from './field-values'

/** Of each field and kind of owner so many values are counted: a list is not slower where there are millions. */
export const COUNTED_VALUES = 5_000

/** How many owners have something in a field; `exact` is false when there are more. */
export type FilledCount = { count: number; exact: boolean }

/** A custom field as the list shows it. */
export type CustomFieldRow = {
  companyUuid: string
  uuid: string
  label: string | null
  type: string
  /** The labels of the first of `optionCount`. */
  firstOptions: string[]
  optionCount: number
  partnerships: FilledCount
  contacts: FilledCount
  firstSeenAt: Date
  changedAt: Date
}

type FoundRow = Omit<CustomFieldRow, 'partnerships' | 'contacts'> & {
  partnershipsFilled: number
  contactsFilled: number
}

/** The custom fields with these ids (company, uuid), in this order. */
export async function customFieldRows(
  tx: Transaction,
  ids: string[][],
  { text, items }: Extent,
): Promise<CustomFieldRow[]> {
  const found = await tx.$queryRaw<FoundRow[]>`
    SELECT f.company_uuid AS "companyUuid", f.uuid, f.type, left(f.label, ${text}::int) AS label,
      f.first_event_at AS "firstSeenAt", f.occurred_at AS "changedAt",
      options.count AS "optionCount", options.first AS "firstOptions",
      partnerships.filled AS "partnershipsFilled", contacts.filled AS "contactsFilled"
    FROM ${keysTable(['company_uuid', 'uuid'], ids)}
    JOIN custom_field f ON f.company_uuid = k.company_uuid AND f.uuid = k.uuid
    CROSS JOIN LATERAL (${countFilled('partnership')}) partnerships
    CROSS JOIN LATERAL (${countFilled('contact')}) contacts
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS count,
        coalesce((array_agg(left(coalesce(nullif(o ->> 'label', ''), o ->> 'id'), 100)
          ORDER BY place))[1:${items + 1}::int], '{}') AS first
      FROM jsonb_array_elements(
        CASE jsonb_typeof(f.options) WHEN 'array' THEN f.options ELSE '[]' END
      ) WITH ORDINALITY AS listed(o, place)
    ) options
    ORDER BY k.n`
  return found.map(toRow)
}

/** SQL for one row, `filled`: how many owners have something in the field `f`, counted to just above the limit. */
export function countFilled(
  ownerType: 'partnership' | 'contact',
  limit: number = COUNTED_VALUES,
): Prisma.Sql {
  return Prisma.sql`
    SELECT count(*)::int AS filled FROM (
      SELECT 1 FROM custom_field_value v
      WHERE v.company_uuid = f.company_uuid AND v.field_uuid = f.uuid
        AND v.owner_type = ${ownerType}::custom_field_owner AND ${filledValue}
      LIMIT ${limit + 1}
    ) counted`
}

function toRow(found: FoundRow): CustomFieldRow {
  const { partnershipsFilled, contactsFilled, ...row } = found
  return {
    ...row,
    partnerships: filledCount(partnershipsFilled),
    contacts: filledCount(contactsFilled),
  }
}

/** What `countFilled` found. */
export function filledCount(filled: number, limit: number = COUNTED_VALUES): FilledCount {
  return { count: Math.min(filled, limit), exact: filled <= limit }
}
