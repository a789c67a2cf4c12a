import { Prisma, type Transaction } from '@/lib/db'
import { deletionStands, mendableDifference } from './mendable-difference'
import { READ_MODEL_KEYS, type ReadModelTable } from './read-model-tables'

/** A row that stands otherwise in the live tables than in the shadow. Texts are cut. */
export type RowDifference = {
  table: ReadModelTable
  key: Record<string, string>
  /** By what would put it right: `added` is missing, `removed` should not be there. */
  kind: 'added' | 'changed' | 'removed'
  /** The live value, and the shadow's. */
  fields: { name: string; before: string | null; after: string | null }[]
}

/** Since when the shadow knows a row, where the live tables do not say so. */
export type FirstMoment = { table: ReadModelTable; company_uuid: string; uuid: string; at: Date }

export type Comparison = {
  table: ReadModelTable
  /** How many rows there are, in either or both. */
  compared: number
  differences: number
}

const MAX_TEXT = 300

// Which code wrote a row is not what it says. A rebuild brings it up to date, and is offered where it matters.
const NOT_COMPARED = ['projector_version']

/**
 * Compares a table of the live read model with the shadow's, row by row and value by value. Both as the transaction
 * sees them: it must see one moment, and the shadow what the log says of it.
 */
export async function compareTable(
  tx: Transaction,
  schema: string,
  table: ReadModelTable,
): Promise<Comparison> {
  const differs = await difference(tx, table)
  const [row] = await tx.$queryRaw<{ compared: bigint; differences: bigint }[]>`
    SELECT count(*) AS compared, count(*) FILTER (WHERE ${differs}) AS differences
    FROM ${joined(schema, table)}`
  return { table, compared: Number(row?.compared), differences: Number(row?.differences) }
}

/** The rows that differ, in the order of their keys, at most so many. */
export async function listDifferences(
  tx: Transaction,
  schema: string,
  table: ReadModelTable,
  limit: number,
): Promise<RowDifference[]> {
  const key = READ_MODEL_KEYS[table]
  const either = key.map((column) => `COALESCE(l.${column}, s.${column})`)
  const rows = await tx.$queryRaw<Omit<RowDifference, 'table'>[]>`
    SELECT jsonb_build_object(${Prisma.raw(key.map((column, i) => `'${column}', ${either[i]}`).join(', '))}) AS key,
      CASE WHEN l.company_uuid IS NULL THEN 'added' WHEN s.company_uuid IS NULL THEN 'removed'
        ELSE 'changed' END AS kind,
      (SELECT COALESCE(jsonb_agg(jsonb_build_object('name', key, 'before', left(b.value, ${MAX_TEXT}),
         'after', left(a.value, ${MAX_TEXT})) ORDER BY key), '[]')
       FROM jsonb_each_text(to_jsonb(l)) b FULL JOIN jsonb_each_text(to_jsonb(s)) a USING (key)
       WHERE a.value IS DISTINCT FROM b.value AND key <> ALL (${[...NOT_COMPARED, ...key]})) AS fields
    FROM ${joined(schema, table)}
    WHERE ${await difference(tx, table)}
    ORDER BY ${Prisma.raw(either.join(', '))}
    LIMIT ${limit}`
  return rows.map((row) => ({ table, ...row }))
}

/**
 * A query for the sequence numbers (`seq`) of the events that would write the rows that differ as the shadow has
 * them, as far as the shadow knows them and the live rows would let them; some of them more than once.
 */
export async function selectWriters(
  tx: Transaction,
  schema: string,
  table: ReadModelTable,
): Promise<Prisma.Sql> {
  return Prisma.sql`
    SELECT w AS seq
    FROM ${joined(schema, table)} CROSS JOIN unnest(${Prisma.raw(writers(schema)[table])}) w
    WHERE w > 0 AND ${await difference(tx, table)}
      AND ${mendableDifference(table, await listCompared(tx, table))}`
}

const REMEMBERING: readonly ReadModelTable[] = [
  'partnership',
  'custom_field',
  'contact',
  'room',
  'message',
]

/**
 * The rows of a table that are missing, or say too late a first moment, and whose latest event does not tell the
 * right one: an earlier event has to be found. At most so many.
 */
export async function listFirstMoments(
  tx: Transaction,
  schema: string,
  table: ReadModelTable,
  limit: number,
): Promise<FirstMoment[]> {
  if (!REMEMBERING.includes(table)) return []
  const rows = await tx.$queryRaw<Omit<FirstMoment, 'table'>[]>`
    SELECT s.company_uuid, s.uuid, s.first_event_at AS at
    FROM ${joined(schema, table)}
    WHERE s.first_event_at <> s.occurred_at
      AND (l.company_uuid IS NULL OR l.first_event_at > s.first_event_at)
    LIMIT ${limit}`
  return rows.map((row) => ({ table, ...row }))
}

function joined(schema: string, table: ReadModelTable): Prisma.Sql {
  const same = READ_MODEL_KEYS[table].map((column) => `l.${column} = s.${column}`).join(' AND ')
  return Prisma.raw(`public.${table} l FULL JOIN "${schema}".${table} s ON ${same}`)
}

async function difference(tx: Transaction, table: ReadModelTable): Promise<Prisma.Sql> {
  const columns = await listCompared(tx, table)
  const of = (row: string) => columns.map((name) => `${row}."${name}"`).join(', ')
  return Prisma.raw(
    `(l.company_uuid IS NULL OR s.company_uuid IS NULL OR ROW(${of('l')}) IS DISTINCT FROM ROW(${of('s')}))`,
  )
}

async function listCompared(tx: Transaction, table: ReadModelTable): Promise<string[]> {
  const skipped = [...READ_MODEL_KEYS[table], ...NOT_COMPARED]
  const columns = await tx.$queryRaw<{ name: string }[]>`
    SELECT attname AS name FROM pg_attribute
    WHERE attrelid = ${`public.${table}`}::regclass AND attnum > 0 AND NOT attisdropped
      AND attname <> ALL (${skipped})
    ORDER BY attnum`
  return columns.map(({ name }) => name)
}

// Which events wrote a row: its own, and for what has none, those of the rows that it was written with.
function writers(schema: string): Record<ReadModelTable, string> {
  const found = (columns: string, table: string, where: string, rest = '') =>
    `ARRAY(SELECT unnest(ARRAY[${columns}]) FROM "${schema}".${table} o
       WHERE o.company_uuid = COALESCE(s.company_uuid, l.company_uuid) AND ${where} ${rest})`
  // What is written with a row that stands against every event is not written.
  const stands = (type: string) =>
    `NOT EXISTS (SELECT FROM public.${type} p WHERE p.company_uuid = o.company_uuid AND p.uuid = o.uuid
       AND (p.occurred_at, p.event_seq) > (o.occurred_at, o.event_seq))`
  const uuid = 'COALESCE(s.uuid, l.uuid)'
  const owner = 'COALESCE(s.owner_uuid, l.owner_uuid)'
  const ofOwner = (type: string) =>
    found(
      'o.event_seq',
      type,
      `o.uuid = ${owner} AND COALESCE(s.owner_type, l.owner_type) = '${type}' AND ${stands(type)}`,
    )
  const ofMessage = found(
    'o.event_seq, o.deleted_event_seq',
    'message',
    `o.uuid = COALESCE(s.message_uuid, l.message_uuid) AND ${stands('message')}
       AND NOT EXISTS (SELECT FROM public.message p WHERE p.company_uuid = o.company_uuid
         AND p.uuid = o.uuid AND ${deletionStands('p', 'o')})`,
  )
  return {
    partnership: 'ARRAY[s.event_seq]',
    partnership_total: [
      found('o.event_seq', 'partnership', `o.uuid = ${uuid}`),
      found('o.event_seq', 'contact', `o.partnership_uuid = ${uuid}`, 'LIMIT 1'),
      found('o.event_seq', 'room', `o.partnership_uuid = ${uuid}`, 'LIMIT 1'),
    ].join(' || '),
    custom_field: 'ARRAY[s.event_seq]',
    custom_field_value: `${ofOwner('partnership')} || ${ofOwner('contact')}`,
    contact: 'ARRAY[s.event_seq]',
    room: `ARRAY[s.event_seq] || ${found('o.event_seq', 'message', 'o.uuid = s.last_message_uuid')}`,
    message: 'ARRAY[s.event_seq, s.deleted_event_seq]',
    attachment: ofMessage,
    author: 'ARRAY[s.event_seq]',
    integration_setting: 'ARRAY[s.event_seq]',
  }
}
