import { cache } from 'react'
import { requireUser } from '@/lib/auth/current-user'
import { db } from '@/lib/db'
import { searchRecord, type RecordOption, type RecordSearch } from './find-record'
import type { RecordKey } from './record-key'

const MAX_CHOICES = 50

export type FieldOption = { id: string; label: string | null }

/** A custom field's definition, with at most 500 of its options; its label is cut to 2,000 characters. */
export type CustomField = RecordKey & {
  label: string | null
  type: string
  options: FieldOption[]
  optionCount: number
  /** How many of them have something in it. */
  partnerships: number
  contacts: number
  firstEventAt: Date
  changedAt: Date
}

/**
 * The custom field of a uuid; `companyUuid` tells which when several companies have it. Looked up once a
 * request, for the page and for its title.
 *
 * @throws UnauthenticatedError without a signed-in user.
 */
export const findCustomField = cache(
  async (uuid: string, companyUuid?: string): Promise<RecordSearch<CustomField>> => {
    await requireUser()
    return searchRecord(uuid, companyUuid, {
      companiesWith,
      read: readCustomField,
      // A field is known from its definition alone.
      isMentioned: async () => false,
    })
  },
)

function companiesWith(uuid: string): Promise<RecordOption[]> {
  return db().$queryRaw<RecordOption[]>`
    SELECT company_uuid AS "companyUuid", uuid, left(label, 200) AS name
    FROM custom_field WHERE uuid = ${uuid} ORDER BY company_uuid LIMIT ${MAX_CHOICES}`
}

async function readCustomField({ companyUuid, uuid }: RecordKey): Promise<CustomField | null> {
  const [found] = await db().$queryRaw<CustomField[]>`
    SELECT f.company_uuid AS "companyUuid", f.uuid, f.type, left(f.label, 2000) AS label,
      f.first_event_at AS "firstEventAt", f.occurred_at AS "changedAt",
      options.count AS "optionCount", options.listed AS options,
      f.partnership_count AS partnerships, f.contact_count AS contacts
    FROM custom_field f
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS count, coalesce(jsonb_agg(
        jsonb_build_object('id', o ->> 'id', 'label', left(o ->> 'label', 300)) ORDER BY n
      ) FILTER (WHERE n <= 500), '[]') AS listed
      FROM jsonb_array_elements(
        CASE jsonb_typeof(f.options) WHEN 'array' THEN f.options ELSE '[]' END
      ) WITH ORDINALITY AS given(o, n)
    ) options
    WHERE f.company_uuid = ${companyUuid} AND f.uuid = ${uuid}`
  return found ?? null
}
