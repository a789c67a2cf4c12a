import { Prisma } from '@/lib/db'
import type { ColumnKey, ListName } from '@/lib/list-view/list-view'

/** A built-in column whose values are counted. */
export type OwnColumn = {
  key: ColumnKey
  /** SQL for its text, on the list's rows `r`, or on the totals `t` of partnerships. */
  value: Prisma.Sql
  of: 'r' | 't'
  /** To be joined to `r`, when a row has several values: it is then counted by itself. */
  each?: Prisma.Sql
}

const own = (key: ColumnKey, column: string): OwnColumn => ({
  key,
  value: Prisma.raw(`r.${column}`),
  of: 'r',
})
const total = (key: ColumnKey, sql: string): OwnColumn => ({ key, value: Prisma.raw(sql), of: 't' })

/** The built-in columns of each list whose values are counted. */
export const OWN_FACETS: Record<ListName, OwnColumn[]> = {
  partnerships: [
    own('stage', 'stage_label'),
    own('tier', 'tier_label'),
    own('category', 'category_label'),
    own('country', 'country_label'),
    own('industry', 'industry_label'),
    total('partnerType', 't.partner_type'),
    total('hasContacts', '(t.contact_count > 0)::text'),
    total('hasMessages', '(t.message_count > 0)::text'),
  ],
  contacts: [
    {
      key: 'tags',
      value: Prisma.sql`tag.label`,
      of: 'r',
      each: Prisma.sql`LEFT JOIN LATERAL (
        SELECT DISTINCT given ->> 'label' AS label FROM jsonb_array_elements(r.tags) given
      ) tag ON TRUE`,
    },
  ],
  'custom-fields': [own('type', 'type')],
  attachments: [
    { key: 'kind', value: Prisma.sql`file_kind(r.mime_type, r.file_name)`, of: 'r' },
    own('mimeType', 'mime_type'),
  ],
}
