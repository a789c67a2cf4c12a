import { setTimeout as delay } from 'node:timers/promises'
import { AppError } from '@/lib/errors'
import { Prisma, type Transaction } from '@/lib/db'
import { assertReplaceable } from './assert-replaceable'
import { describeTables } from './describe-tables'
import { READ_MODEL_TABLES } from './read-model-tables'
import type { ShadowSchema } from './shadow-tables'

// An autovacuum gives way after Postgres's deadlock_timeout, which is a second.
const AUTOVACUUM_PATIENCE_MS = 5_000
// Shorter than that second: a reader who holds one table and waits for another is never taken for the dead end.
const READERS_PATIENCE_MS = 400
const TRIES = 3
const PAUSE_MS = 100

const LIVE_TABLES = READ_MODEL_TABLES.map((table) => `public.${table}`).join(', ')

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
 * Keeps autovacuum off the live tables until the transaction ends: it holds them for long, and gives way when it is asked
 * for them. Everybody else goes on reading and writing.
 *
 * @throws Prisma's error with SQLSTATE 55P03 when it does not give way, which it does not when rows would grow too old.
 */
export async function keepVacuumOut(tx: Transaction): Promise<void> {
  await run(tx, `SET LOCAL lock_timeout = ${AUTOVACUUM_PATIENCE_MS}`)
  await run(tx, `LOCK TABLE ${LIVE_TABLES} IN SHARE UPDATE EXCLUSIVE MODE`)
  await run(tx, `SET LOCAL lock_timeout = 0`)
}

/**
 * Puts a shadow's tables in the place of the live ones, whose rows are gone with the commit. Until then everybody
 * reads the old tables, and whoever comes in the last moments waits for it; nobody sees some of each. Writers of the
 * read model must be kept out already, and so must autovacuum (`keepVacuumOut`); the shadow must have all of its
 * indexes. It takes moments, however many rows there are.
 *
 * What others keep beside the read model stays. The shadow's schema stays, with what else is in it.
 *
 * @throws TablesInUseError when readers do not let go of the live tables; the transaction must roll back.
 * @throws TablesChangedError when the shadow does not look like the live tables any more.
 * @throws TablesNotReplaceableError when something hangs on the live tables that would be lost.
 */
export async function swapShadow(
  tx: Transaction,
  schema: Exclude<ShadowSchema, 'pg_temp'>,
): Promise<void> {
  const [live, shadow] = [await describeTables(tx, 'public'), await describeTables(tx, schema)]
  if (live.join('\n') !== shadow.join('\n')) throw new TablesChangedError()
  await assertReplaceable(tx)
  const grants = await listGrants(tx)
  await lockLiveTables(tx)
  await run(tx, `DROP TABLE ${LIVE_TABLES}`)
  for (const table of READ_MODEL_TABLES) {
    await run(tx, `ALTER TABLE "${schema}".${table} SET SCHEMA public`)
  }
  for (const grant of grants) await run(tx, grant)
}

async function lockLiveTables(tx: Transaction): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    await run(tx, 'SAVEPOINT readers')
    try {
      await run(tx, `SET LOCAL statement_timeout = ${READERS_PATIENCE_MS}`)
      await run(tx, `LOCK TABLE ${LIVE_TABLES} IN ACCESS EXCLUSIVE MODE`)
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

// Rights that somebody was given on the live tables or their columns, a reporting tool for example, go with them.
async function listGrants(tx: Transaction): Promise<string[]> {
  const grantee = Prisma.raw(
    `CASE WHEN a.grantee = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END`,
  )
  const option = Prisma.raw(`CASE WHEN a.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END`)
  const rows = await tx.$queryRaw<{ statement: string }[]>`
    WITH t AS (
      SELECT oid, relname, relacl, relowner FROM pg_class
      WHERE relnamespace = 'public'::regnamespace AND relname = ANY(${[...READ_MODEL_TABLES]})
    )
    SELECT format('GRANT %s ON public.%I TO %s%s', a.privilege_type, relname, ${grantee}, ${option})
      AS statement
    FROM t, aclexplode(relacl) a WHERE a.grantee <> relowner
    UNION ALL
    SELECT format('GRANT %s (%I) ON public.%I TO %s%s', a.privilege_type, attname, relname, ${grantee},
      ${option})
    FROM t JOIN pg_attribute c ON attrelid = t.oid AND attnum > 0 AND NOT attisdropped,
      aclexplode(attacl) a
    WHERE a.grantee <> relowner`
  return rows.map(({ statement }) => statement)
}

async function run(tx: Transaction, statement: string): Promise<void> {
  await tx.$executeRaw(Prisma.raw(statement))
}
