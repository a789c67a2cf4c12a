import { Prisma } from '@/lib/db'
import type { ReadModelTable } from './read-model-tables'

/** What a replay compares before it replaces a row: the later one stands (guarded-upsert.ts, write-rooms.ts). */
const RANKS: Partial<Record<ReadModelTable, (row: 'l' | 's') => string>> = {
  partnership: versionOf,
  custom_field: versionOf,
  contact: versionOf,
  room: (row) =>
    `${row}.partnership_uuid IS NOT NULL, ${row}.partner_type IS NOT NULL, ${versionOf(row)}`,
  message: versionOf,
  author: versionOf,
  integration_setting: versionOf,
}

/** What a replay counts anew whatever stands there. */
const COUNTED: Partial<Record<ReadModelTable, readonly string[]>> = {
  custom_field: ['partnership_count', 'contact_count'],
  room: ['message_count', 'attachment_count', 'last_message_at', 'last_message_uuid', 'sort_at'],
}

const DELETION = ['deleted_at', 'deleted_event_seq']

/** SQL: whether a deletion of the first row keeps standing against what the log, the second one, says. */
export function deletionStands(live: string, logged: string): string {
  const of = (row: string) => `(${row}.deleted_at, ${row}.deleted_event_seq)`
  return `(${live}.deleted_at IS NOT NULL AND (${logged}.deleted_at IS NULL OR ${of(live)} < ${of(logged)}))`
}

/**
 * SQL on a live row `l` and the shadow's `s`, which differ: whether a replay would change anything of it. A row whose
 * version somebody raised stands against every event, and so does a first moment or a deletion that is too early.
 *
 * @param columns Those that are compared, without the key.
 */
export function mendableDifference(table: ReadModelTable, columns: readonly string[]): Prisma.Sql {
  const rank = RANKS[table]
  if (!rank) return Prisma.sql`true`
  const isDeletable = columns.includes('deleted_at')
  const counted = COUNTED[table] ?? []
  const deleted = isDeletable ? [...DELETION, 'attachment_count'] : []
  const apart = [...counted, ...deleted, 'first_event_at']
  const written = columns.filter((column) => !apart.includes(column))
  const mendable = [
    'l.company_uuid IS NULL',
    `${differs(written)} AND NOT (${rank('l')}) > (${rank('s')})`,
    ...(counted.length > 0 ? [differs(counted)] : []),
    ...(columns.includes('first_event_at') ? ['l.first_event_at > s.first_event_at'] : []),
    ...(isDeletable
      ? [
          `s.deleted_at IS NOT NULL AND (l.deleted_at IS NULL
             OR (l.deleted_at, l.deleted_event_seq) > (s.deleted_at, s.deleted_event_seq))`,
          // A deletion takes the files along, and content that is replayed does not bring them back.
          `l.attachment_count <> s.attachment_count AND NOT ${deletionStands('l', 's')}
             AND NOT (${rank('l')}) > (${rank('s')})`,
        ]
      : []),
  ]
  return Prisma.raw(`(${mendable.map((each) => `(${each})`).join(' OR ')})`)
}

function versionOf(row: 'l' | 's'): string {
  return `${row}.occurred_at, ${row}.event_seq, ${row}.projector_version`
}

function differs(columns: readonly string[]): string {
  const of = (row: 'l' | 's') => columns.map((column) => `${row}."${column}"`).join(', ')
  return `ROW(${of('l')}) IS DISTINCT FROM ROW(${of('s')})`
}
