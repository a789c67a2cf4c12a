import { Prisma } from '@/lib/db'
import type { ColumnKey, ListName } from '@/lib/list-view/list-view'
import { OPTION_LABELS, TAG_LABELS } from '../lists/listed-labels'

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

const several = (key: ColumnKey, labels: Prisma.Sql): OwnColumn => ({
  key,
  value: Prisma.sql`listed.label`,
  of: 'r',
  each: Prisma.sql`LEFT JOIN LATERAL (${labels}) listed ON TRUE`,
})

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
  contacts: [several('tags', TAG_LABELS)],
  'custom-fields': [own('type', 'type'), several('options', OPTION_LABELS)],
  attachments: [
    { key: 'kind', value: Prisma.sql`file_kind(r.mime_type, r.file_name)`, of: 'r' },
    own('mimeType', 'mime_type'),
  ],
}
