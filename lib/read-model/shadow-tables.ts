import { Prisma, type Transaction } from '@/lib/db'
import { READ_MODEL_TABLES, TABLES_WRITTEN_BESIDE } from './read-model-tables'

/** Where a shadow stands: the session's temporary tables, or a schema of its own. */
export type ShadowSchema = 'pg_temp' | `${string}_shadow`

/**
 * Which indexes a shadow has: those that an arrival's writes look rows up by (each key, and through what a row belongs
 * to), those that counts look rows up by as well (what begins with the company), or also those of the lists and of
 * search, which cost most of the writing.
 */
export type ShadowIndexes = 'writes' | 'lookups' | 'all'

const TABLES: readonly string[] = [...READ_MODEL_TABLES, ...TABLES_WRITTEN_BESIDE]

/**
 * Makes the tables of the read model once more, empty, with the same columns, constraints and generated
 * columns. `writeChanges` names its tables without a schema, so that it fills these once `enterShadow` has been
 * called: nothing of that reaches a live table or whoever listens for changed rooms.
 *
 * @param schema `pg_temp`: gone with the transaction. Another one is made, and must not be there.
 */
export async function createShadow(
  tx: Transaction,
  schema: ShadowSchema,
  indexes: ShadowIndexes,
): Promise<void> {
  const place = quoted(schema)
  if (schema !== 'pg_temp') await run(tx, `CREATE SCHEMA ${place}`)
  const end = schema === 'pg_temp' ? ' ON COMMIT DROP' : ''
  for (const table of TABLES) {
    const like = `(LIKE public.${table} INCLUDING ALL EXCLUDING INDEXES)`
    await run(tx, `CREATE TABLE ${place}.${table} ${like}${end}`)
  }
  const all = await listIndexes(tx, 'public')
  for (const index of all) {
    if (indexes === 'all' || index.isWriting || (indexes === 'lookups' && index.isLookup)) {
      await run(tx, definitionIn(schema, index))
    }
  }
}

/**
 * The statements that make the indexes that the live tables have and the shadow has not, under the same names, so that
 * a shadow that takes the place of the live tables looks like them to migrations; those of the largest tables first.
 */
export async function listMissingIndexes(tx: Transaction, schema: ShadowSchema): Promise<string[]> {
  const there = new Set((await listIndexes(tx, schema)).map(({ name }) => name))
  const missing = (await listIndexes(tx, 'public')).filter(({ name }) => !there.has(name))
  return missing.map((index) => definitionIn(schema, index))
}

/** From now on, until the transaction ends, the read model is the shadow's; the log and the rest stay the live ones. */
export async function enterShadow(tx: Transaction, schema: ShadowSchema): Promise<void> {
  await run(tx, `SET LOCAL search_path TO ${quoted(schema)}, public`)
}

/** Removes a shadow with everything in it; nothing happens where there is none. */
export async function dropShadow(
  tx: Transaction,
  schema: Exclude<ShadowSchema, 'pg_temp'>,
): Promise<void> {
  await run(tx, `DROP SCHEMA IF EXISTS ${quoted(schema)} CASCADE`)
}

type Index = {
  name: string
  table: string
  definition: string
  /** The constraint's text, where the index stands behind one. */
  constraint: string | null
  isWriting: boolean
  isLookup: boolean
}

// What the newest message of a room, and the rooms and contacts of a partnership, are found through.
const FOUND_THROUGH = ['message room_uuid', 'room partnership_uuid', 'contact partnership_uuid']

async function listIndexes(tx: Transaction, schema: 'public' | ShadowSchema): Promise<Index[]> {
  const namespace =
    schema === 'pg_temp' ? Prisma.sql`pg_my_temp_schema()` : Prisma.sql`to_regnamespace(${schema})`
  return tx.$queryRaw<Index[]>`
    SELECT c.relname AS name, t.relname AS table, pg_get_indexdef(i.indexrelid) AS definition,
           pg_get_constraintdef(k.oid) AS constraint,
           i.indisunique OR (i.indpred IS NULL AND first.attname = 'company_uuid'
             AND t.relname || ' ' || second.attname = ANY(${FOUND_THROUGH})) IS TRUE AS "isWriting",
           i.indisunique OR (i.indpred IS NULL AND first.attname = 'company_uuid') IS TRUE AS "isLookup"
    FROM pg_index i
    JOIN pg_class c ON c.oid = i.indexrelid
    JOIN pg_class t ON t.oid = i.indrelid
    LEFT JOIN pg_attribute first ON first.attrelid = t.oid AND first.attnum = i.indkey[0]
    LEFT JOIN pg_attribute second ON second.attrelid = t.oid AND second.attnum = i.indkey[1]
    LEFT JOIN pg_constraint k ON k.conindid = c.oid AND k.contype IN ('p', 'u')
    WHERE t.relnamespace = ${namespace} AND t.relname = ANY(${TABLES})
    ORDER BY pg_relation_size(t.oid) DESC, t.relname, c.relname`
}

function definitionIn(schema: ShadowSchema, index: Index): string {
  const table = `${quoted(schema)}.${index.table}`
  if (index.constraint !== null) {
    return `ALTER TABLE ${table} ADD CONSTRAINT ${quoted(index.name)} ${index.constraint}`
  }
  return index.definition.replace(` ON public.${index.table} `, ` ON ${table} `)
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

async function run(tx: Transaction, statement: string): Promise<void> {
  await tx.$executeRaw(Prisma.raw(statement))
}
