import pg from 'pg'
import { listsDataset, type ListsSize } from './lists-dataset'

const TABLES = [
  'partnership',
  'partnership_total',
  'custom_field',
  'custom_field_value',
  'contact',
  'room',
  'message',
  'attachment',
  'author',
]

/**
 * Fills the read model of a migrated, empty database directly, past the projector: a million messages
 * take a minute or two. Indexes are made when the rows are there, and the tables are left as autovacuum
 * leaves them in the end.
 */
export async function fillLists(databaseUrl: string, size: ListsSize): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    await client.query(`SET synchronous_commit TO off; SET maintenance_work_mem TO '512MB'`)
    const indexes = await dropIndexes(client)
    for (const statement of listsDataset(size)) await client.query(statement)
    for (const definition of indexes) await client.query(definition)
    await client.query(`VACUUM (ANALYZE) ${TABLES.join(', ')}`)
  } finally {
    await client.end()
  }
}

// Those of constraints stay; they keep the rows honest.
async function dropIndexes(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `SELECT i.indexrelid::regclass::text AS name, pg_get_indexdef(i.indexrelid) AS definition
     FROM pg_index i
     WHERE i.indrelid = ANY ($1::regclass[])
       AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)`,
    [TABLES],
  )
  for (const { name } of rows) await client.query(`DROP INDEX ${name}`)
  return rows.map(({ definition }) => definition)
}
