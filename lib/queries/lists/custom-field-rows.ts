import { PREPARED, Prisma } from '@/lib/db'
import type { Extent } from './extent'
import { keysTable } from './field-values'

/** A custom field as the list shows it. */
export type CustomFieldRow = {
  companyUuid: string
  uuid: string
  label: string | null
  type: string
  /** The labels of the first of `optionCount`. */
  firstOptions: string[]
  optionCount: number
  /** How many of them have something in it. */
  partnerships: number
  contacts: number
  firstSeenAt: Date
  changedAt: Date
}

/** SQL for the custom fields with these ids (company, uuid), in this order. */
export function customFieldRows(ids: string[][], { text, label, items }: Extent): Prisma.Sql {
  return Prisma.sql`${PREPARED}
    SELECT f.company_uuid AS "companyUuid", f.uuid, f.type, left(f.label, ${text}::int) AS label,
      f.first_event_at AS "firstSeenAt", f.occurred_at AS "changedAt",
      options.count AS "optionCount", options.first AS "firstOptions",
      f.partnership_count AS partnerships, f.contact_count AS contacts
    FROM ${keysTable(['company_uuid', 'uuid'], ids)}
    JOIN custom_field f ON f.company_uuid = k.company_uuid AND f.uuid = k.uuid
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS count,
        coalesce((array_agg(left(coalesce(nullif(o ->> 'label', ''), o ->> 'id'), ${label}::int)
          ORDER BY place))[1:${items + 1}::int], '{}') AS first
      FROM jsonb_array_elements(
        CASE jsonb_typeof(f.options) WHEN 'array' THEN f.options ELSE '[]' END
      ) WITH ORDINALITY AS listed(o, place)
    ) options
    ORDER BY k.n`
}
