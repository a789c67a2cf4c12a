import { requireUser } from '@/lib/auth/current-user'
import { db, Prisma } from '@/lib/db'
import { PAGE_SIZE, toPage, type Page, type PagePosition } from '@/lib/pagination'
import { filledValue } from './filled-value'
import { filteredKeys } from './filtered-keys'
import { keysOrder } from './keys-page'
import type { RecordKey } from './record-key'
import { searchCondition } from './search-condition'

/** Of each field and kind of owner so many values are looked at: a list is not slower where there are millions. */
export const COUNTED_VALUES = 5_000

/** How many owners have something in a field; `exact` is false when there are more values than were looked at. */
export type FilledCount = { count: number; exact: boolean }

/** A custom field as the list shows it: its label cut to 200 characters, its first options. */
export type CustomFieldRow = RecordKey & {
  label: string | null
  type: string
  firstOptions: string[]
  optionCount: number
  partnerships: FilledCount
  contacts: FilledCount
  changedAt: Date
}

/**
 * A page of the custom fields whose label has what is searched for, by label.
 *
 * @throws UnauthenticatedError without a signed-in user.
 * @throws InvalidAddressError when the search or the position can't be one of this list.
 */
export async function listCustomFields(
  { q }: { q?: string },
  position: PagePosition,
  pageSize: number = PAGE_SIZE,
): Promise<Page<CustomFieldRow>> {
  await requireUser()
  const request = { sort: 'name', position } as const
  const keys = await filteredKeys({
    ...request,
    list: 'custom_field',
    filter: searchCondition(q),
    limit: pageSize + 1,
  })
  const found = await db().$queryRaw<FoundRow[]>`
    WITH page AS MATERIALIZED (${keys})
    SELECT f.company_uuid AS "companyUuid", f.uuid, f.sort_key AS "sortKey", f.type,
      left(f.label, 200) AS label, f.occurred_at AS "changedAt",
      options.count AS "optionCount", options.first AS "firstOptions",
      partnerships.seen AS "partnershipsSeen", partnerships.filled AS "partnershipsFilled",
      contacts.seen AS "contactsSeen", contacts.filled AS "contactsFilled"
    FROM page
    JOIN custom_field f ON f.company_uuid = page.company_uuid AND f.uuid = page.uuid
    CROSS JOIN LATERAL (${countFilled('partnership')}) partnerships
    CROSS JOIN LATERAL (${countFilled('contact')}) contacts
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS count,
        coalesce((array_agg(left(coalesce(nullif(o ->> 'label', ''), o ->> 'id'), 100) ORDER BY n))[1:4],
          '{}') AS first
      FROM jsonb_array_elements(
        CASE jsonb_typeof(f.options) WHEN 'array' THEN f.options ELSE '[]' END
      ) WITH ORDINALITY AS listed(o, n)
    ) options
    ORDER BY ${keysOrder(request, Prisma.sql`page.`)}`
  const page = toPage(found, position, (row) => [row.sortKey, row.companyUuid, row.uuid], pageSize)
  return { ...page, rows: page.rows.map(toRow) }
}

type FoundRow = RecordKey & {
  sortKey: string
  label: string | null
  type: string
  firstOptions: string[]
  optionCount: number
  partnershipsSeen: number
  partnershipsFilled: number
  contactsSeen: number
  contactsFilled: number
  changedAt: Date
}

/** SQL for one row, `seen` and `filled`, of the values of the field `f`. */
export function countFilled(
  ownerType: 'partnership' | 'contact',
  limit: number = COUNTED_VALUES,
): Prisma.Sql {
  return Prisma.sql`
    SELECT count(*)::int AS seen, (count(*) FILTER (WHERE filled))::int AS filled FROM (
      SELECT ${filledValue} AS filled FROM custom_field_value v
      WHERE v.company_uuid = f.company_uuid AND v.field_uuid = f.uuid
        AND v.owner_type = ${ownerType}::custom_field_owner
      LIMIT ${limit + 1}
    ) looked_at`
}

function toRow(found: FoundRow): CustomFieldRow {
  return {
    companyUuid: found.companyUuid,
    uuid: found.uuid,
    label: found.label,
    type: found.type,
    firstOptions: found.firstOptions,
    optionCount: found.optionCount,
    partnerships: toCount(found.partnershipsSeen, found.partnershipsFilled),
    contacts: toCount(found.contactsSeen, found.contactsFilled),
    changedAt: found.changedAt,
  }
}

function toCount(seen: number, filled: number): FilledCount {
  return { count: filled, exact: seen <= COUNTED_VALUES }
}
