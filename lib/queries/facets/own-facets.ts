import { Prisma } from '@/lib/db'
import type { ColumnKey, ListName } from '@/lib/list-view/list-view'
import { OPTION_LABELS, TAG_LABELS } from '../lists/listed-labels'

/** A built-in column whose values are counted. */
export type OwnColumn = {
  key: ColumnKey
  /** SQL for its text, on the list's rows `r`, or on the totals `t` of partnerships. */
  value: Prisma.Sql
  of: 'r' | 't'
  /** SQL for what a list shows of that text, where that is not its beginning. */
  shown?: (text: Prisma.Sql) => Prisma.Sql
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

// The kind of a file follows from how its name ends and from its media type. Finding it out takes ten times as long
// as reading the row, and few files differ in both. A slash ends the former: no ending that is known has one.
const LAST_PART = Prisma.sql`split_part(r.file_name, '.', -1)`
const kind: OwnColumn = {
  key: 'kind',
  value: Prisma.sql`CASE WHEN strpos(r.file_name, '.') > 0 AND strpos(${LAST_PART}, '/') = 0
    THEN '.' || ${LAST_PART} ELSE '' END || '/' || coalesce(r.mime_type, '')`,
  of: 'r',
  shown: (text) =>
    Prisma.sql`file_kind(substr(${text}, strpos(${text}, '/') + 1), split_part(${text}, '/', 1))`,
}

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
  attachments: [kind, own('mimeType', 'mime_type')],
}
