import { setTimeout as delay } from 'node:timers/promises'
import { AppError } from '@/lib/errors'
import { Prisma, type Transaction } from '@/lib/db'
import { describeTables } from './describe-tables'
import { READ_MODEL_TABLES } from './read-model-tables'
import { dropShadow, type ShadowSchema } from './shadow-tables'

// An autovacuum gives way after Postgres's deadlock_timeout, which is a second.
const AUTOVACUUM_PATIENCE_MS = 5_000
// Shorter than that second: a reader who holds one table and waits for another is never taken for the dead end.
const READERS_PATIENCE_MS = 400
const TRIES = 3
const PAUSE_MS = 100

/** Somebody has been reading the live tables all the time; the same again, later, will do. */
export class TablesInUseError extends AppError {
  constructor() {
    super('tables_in_use', 'A long query is reading the tables of the read model.')
  }
}

/** The live tables have been migrated since the shadow was made after them. */
export class TablesChangedError extends AppError {
  constructor() {
    super('tables_changed', 'The tables of the read model were migrated while others were filled.')
  }
}

/**
 * Puts a shadow's tables in the place of the live ones, whose rows are gone with the commit. Until then everybody
 * reads the old tables, and whoever comes in the last moments waits for it; nobody sees some of each. Writers of the
 * read model must be kept out already, and the shadow must have all of its indexes.
 *
 * What others keep beside the read model stays; of the archive's tasks those are added that the live tables lack.
 *
 * @throws TablesInUseError when readers do not let go of the live tables; the transaction must roll back.
 * @throws TablesChangedError when the shadow does not look like the live tables any more.
 */
export async function swapShadow(
  tx: Transaction,
  schema: Exclude<ShadowSchema, 'pg_temp'>,
): Promise<void> {
  const [live, shadow] = [await describeTables(tx, 'public'), await describeTables(tx, schema)]
  if (live.join('\n') !== shadow.join('\n')) throw new TablesChangedError()
  await tx.$executeRaw(
    Prisma.raw(`
      INSERT INTO public.attachment_file (company_uuid, message_uuid, uuid, url_hash)
      SELECT company_uuid, message_uuid, uuid, url_hash FROM "${schema}".attachment_file
      ON CONFLICT DO NOTHING`),
  )
  const grants = await listGrants(tx)
  await lockLiveTables(tx)
  await run(tx, `DROP TABLE ${READ_MODEL_TABLES.map((table) => `public.${table}`).join(', ')}`)
  for (const table of READ_MODEL_TABLES) {
    await run(tx, `ALTER TABLE "${schema}".${table} SET SCHEMA public`)
  }
  for (const grant of grants) await run(tx, grant)
  await dropShadow(tx, schema)
}

async function lockLiveTables(tx: Transaction): Promise<void> {
  const tables = READ_MODEL_TABLES.map((table) => `public.${table}`).join(', ')
  await run(tx, `SET LOCAL lock_timeout = ${AUTOVACUUM_PATIENCE_MS}`)
  await run(tx, `LOCK TABLE ${tables} IN SHARE UPDATE EXCLUSIVE MODE`)
  await run(tx, `SET LOCAL lock_timeout = 0`)
  for (let attempt = 1; ; attempt++) {
    await run(tx, 'SAVEPOINT readers')
    try {
      await run(tx, `SET LOCAL statement_timeout = ${READERS_PATIENCE_MS}`)
      await run(tx, `LOCK TABLE ${tables} IN ACCESS EXCLUSIVE MODE`)
      await run(tx, 'SET LOCAL statement_timeout = 0')
      return
    } catch (error) {
      if (!(error instanceof Prisma.PrismaClientKnownRequestError)) throw error
      // Gives back what has been locked, so that those who wait for it go on reading.
      await run(tx, 'ROLLBACK TO SAVEPOINT readers')
      if (attempt === TRIES) throw new TablesInUseError()
      await delay(PAUSE_MS)
    }
  }
}

// Rights that somebody was given on the live tables, a reporting tool for example, go with them.
async function listGrants(tx: Transaction): Promise<string[]> {
  const rows = await tx.$queryRaw<{ statement: string }[]>`
    SELECT format('GRANT %s ON public.%I TO %s%s', a.privilege_type, c.relname,
             CASE WHEN a.grantee = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END,
             CASE WHEN a.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END) AS statement
    FROM pg_class c, aclexplode(c.relacl) a
    WHERE c.relnamespace = 'public'::regnamespace AND c.relname = ANY(${[...READ_MODEL_TABLES]})
      AND a.grantee <> c.relowner`
  return rows.map(({ statement }) => statement)
}

async function run(tx: Transaction, statement: string): Promise<void> {
  await tx.$executeRaw(Prisma.raw(statement))
}
