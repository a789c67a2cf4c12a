import { createHash, randomUUID } from 'node:crypto'
import { readFile, readdir } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { reasonOf, StartError } from './start-error'

// The lock that Prisma's own CLI takes, so that the two never migrate at the same time.
const MIGRATION_LOCK = 72_707_369
const MIGRATIONS_DIR = path.resolve('prisma/migrations')

// Whoever reads a table queues behind a migration that waits for it; a delivery is given up after three seconds.
const LOCK_PATIENCE_MS = 2_000
const LONGEST_PAUSE_FACTOR = 4
const LOCK_NOT_AVAILABLE = '55P03'

// As Prisma's schema engine creates it, so that `prisma migrate` can take over at any time.
const MIGRATION_TABLE = `
  CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum VARCHAR(64) NOT NULL,
    finished_at TIMESTAMPTZ,
    migration_name VARCHAR(255) NOT NULL,
    logs TEXT,
    rolled_back_at TIMESTAMPTZ,
    started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count INTEGER NOT NULL DEFAULT 0
  )`

/** Why the database was not brought to the newest schema. It is as it was before the migration that is named. */
export class MigrationError extends Error {
  override name = 'MigrationError'
}

function notApplied(migration: string, cause: Error): MigrationError {
  return new MigrationError(
    `The migration ${migration} could not be applied: ${cause.message}. ` +
      'It was rolled back and the data is as it was before; the next start tries again.',
    { cause },
  )
}

function edited(migration: string): MigrationError {
  return new MigrationError(
    `The migration ${migration} was edited after it had been applied, so that none was applied now. ` +
      `Put prisma/migrations/${migration}/migration.sql back as it was; a change is a migration of its own.`,
  )
}

/** How a migration behaves that needs a table which others are using. */
export type Waiting = {
  /** Told once for each migration that has to wait, in a few words. */
  report?: (text: string) => void
  /** Ends the waiting; without it there is no end but the lock. */
  stop?: AbortSignal
  /** How long each try waits for a lock, in milliseconds. */
  lockPatienceMs?: number
}

/**
 * Brings the database to the newest schema. Each migration and its row in `_prisma_migrations` are
 * one transaction. Safe to call from several processes at once: one migrates, the others wait and
 * find nothing left to do.
 *
 * A migration that does not get a lock within two seconds is rolled back, so that those who queue behind it
 * are served, and tried again after a pause, for as long as it takes or until `waiting.stop`.
 *
 * Not Prisma's schema engine: through a driver adapter it sends a script statement by statement
 * outside a transaction, which leaves half a migration behind when one of them fails.
 *
 * @param databaseUrl A `postgres://` connection string.
 * @param directory The folder of migrations; the project's own unless a test says otherwise.
 * @returns The names of the migrations that were applied now; empty when there was nothing to do.
 * @throws MigrationError naming the migration whose statements were rolled back, or one that was edited
 *   after it had been applied, before anything is done; StartError for what keeps it from beginning,
 *   and when it was stopped.
 */
export async function migrate(
  databaseUrl: string,
  directory: string = MIGRATIONS_DIR,
  waiting: Waiting = {},
): Promise<string[]> {
  const client = new pg.Client({ connectionString: databaseUrl })
  // A connection that is lost during a pause would end the process; so it is the next statement that fails.
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK])
    await client.query(MIGRATION_TABLE)
    const finished = await finishedMigrations(client)
    const migrations = await readMigrations(directory)
    for (const { name, checksum } of migrations) {
      if (finished.has(name) && finished.get(name) !== checksum) throw edited(name)
    }
    const missing = migrations.filter(({ name }) => !finished.has(name))
    for (const migration of missing) await applyOnceFree(client, migration, waiting)
    return missing.map(({ name }) => name)
  } catch (error) {
    if (error instanceof MigrationError) throw error
    throw new StartError(`The database can't be migrated: ${reasonOf(error).replace(/\.$/, '')}.`)
  } finally {
    await client.end()
  }
}

type Migration = { name: string; sql: string; checksum: string }

async function readMigrations(directory: string): Promise<Migration[]> {
  const entries = await readdir(directory, { withFileTypes: true })
  const names = entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(path.join(directory, name, 'migration.sql'), 'utf8')
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    }),
  )
}

async function finishedMigrations(client: pg.Client): Promise<Map<string, string>> {
  const { rows } = await client.query<{ migration_name: string; checksum: string }>(
    `SELECT migration_name, checksum FROM _prisma_migrations
     WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`,
  )
  return new Map(rows.map((row) => [row.migration_name, row.checksum]))
}

async function applyOnceFree(
  client: pg.Client,
  migration: Migration,
  { report, stop, lockPatienceMs = LOCK_PATIENCE_MS }: Waiting,
): Promise<void> {
  for (let tries = 1; !(await apply(client, migration, lockPatienceMs)); tries++) {
    if (tries === 1) {
      report?.(`waiting for a table that ${migration.name} changes and others are using`)
    }
    const pauseMs = lockPatienceMs * Math.min(tries, LONGEST_PAUSE_FACTOR)
    await delay(pauseMs, undefined, { signal: stop })
  }
}

/** Whether it was applied; not when a lock that it needs was not to be had, and then nothing of it is left. */
async function apply(
  client: pg.Client,
  migration: Migration,
  lockPatienceMs: number,
): Promise<boolean> {
  await client.query('BEGIN')
  try {
    await client.query(`SET LOCAL lock_timeout = ${Math.round(lockPatienceMs)}`)
    await client.query(migration.sql)
    await client.query(
      `INSERT INTO _prisma_migrations
         (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, now(), clock_timestamp(), 1)`,
      [randomUUID(), migration.checksum, migration.name],
    )
    await client.query('COMMIT')
    return true
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined)
    if ((error as pg.DatabaseError).code === LOCK_NOT_AVAILABLE) return false
    throw notApplied(migration.name, error as Error)
  }
}
