import { Prisma } from '@/lib/db'
import { READ_MODEL_KEYS } from './read-model-tables'

type Counted = 'partnership' | 'contact' | 'room' | 'message' | 'custom_field_value'

/** What stands in FROM for each table that totals are counted in. */
export type CountSources = Record<Counted, Prisma.Sql>

/** The tables that the search path leads to: everything is in them. */
export const WHOLE_TABLES: CountSources = {
  partnership: Prisma.sql`partnership`,
  contact: Prisma.sql`contact`,
  room: Prisma.sql`room`,
  message: Prisma.sql`message`,
  custom_field_value: Prisma.sql`custom_field_value`,
}

/**
 * Temporary tables that hold only what a dry run may change, laid over the live ones: counting in them gives
 * what counting in the live tables would give afterwards.
 */
export const LAID_OVER_LIVE: CountSources = {
  partnership: laidOver('partnership', ['partner_type']),
  contact: laidOver('contact', ['partnership_uuid']),
  room: laidOver('room', [
    'partnership_uuid',
    'partner_type',
    'message_count',
    'last_message_at',
    'occurred_at',
    'event_seq',
  ]),
  message: laidOver('message', ['room_uuid', 'created_at', 'deleted_at', 'attachment_count']),
  custom_field_value: valuesLaidOver(),
}

// The values of an owner are replaced together: of one that is laid over nothing live counts any more.
function valuesLaidOver(): Prisma.Sql {
  const read = [
    ...['company_uuid', 'owner_type', 'owner_uuid', 'field_uuid', 'text_value', 'number_value'],
    ...['date_value', 'boolean_value', 'option_ids', 'raw'],
  ].join(', ')
  const owner = (table: string) =>
    `NOT EXISTS (SELECT FROM pg_temp.${table} t
      WHERE l.owner_type = '${table}' AND t.company_uuid = l.company_uuid AND t.uuid = l.owner_uuid)`
  return Prisma.raw(
    `(SELECT ${read} FROM pg_temp.custom_field_value
      UNION ALL SELECT ${read} FROM public.custom_field_value l
      WHERE ${owner('partnership')} AND ${owner('contact')})`,
  )
}

function laidOver(table: Counted, columns: string[]): Prisma.Sql {
  const keys = READ_MODEL_KEYS[table]
  const read = [...keys, ...columns].join(', ')
  const same = keys.map((key) => `t.${key} = l.${key}`).join(' AND ')
  return Prisma.raw(
    `(SELECT ${read} FROM pg_temp.${table} UNION ALL SELECT ${read} FROM public.${table} l
      WHERE NOT EXISTS (SELECT FROM pg_temp.${table} t WHERE ${same}))`,
  )
}
