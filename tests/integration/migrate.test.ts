import { cp, mkdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { db } from '@/lib/db'
import { env } from '@/lib/env'
import { migrate, MigrationError } from '@/lib/runtime/migrate'
import { StartError } from '@/lib/runtime/start-error'
import { temporaryDirectory } from '../support/temporary-directory'

const BAD = '20990101000000_bad'

let directory: string

beforeEach(async () => {
  directory = await temporaryDirectory()
  await cp('prisma/migrations', directory, { recursive: true })
})

afterEach(() => rm(directory, { recursive: true, force: true }))

async function addMigration(name: string, sql: string) {
  await mkdir(path.join(directory, name), { recursive: true })
  await writeFile(path.join(directory, name, 'migration.sql'), sql)
}

async function query<Row extends pg.QueryResultRow>(sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: env().DATABASE_URL })
  await client.connect()
  try {
    return (await client.query<Row>(sql)).rows
  } finally {
    await client.end()
  }
}

test('the cloned database has every table and nothing in them', async () => {
  expect(await db().webhookEvent.count()).toBe(0)
  expect(await db().partnership.count()).toBe(0)
})

test('a database that is up to date is left alone', async () => {
  expect(await migrate(env().DATABASE_URL, directory)).toEqual([])
})

test('a migration that fails half-way is named, and leaves the data as they were', async () => {
  await query("INSERT INTO rejection VALUES (now(), 'kept', 7)")
  const before = await query('SELECT * FROM rejection')
  await addMigration(
    BAD,
    `CREATE TABLE half_done (id int);
     UPDATE rejection SET count = 0;
     ALTER TABLE no_such_table ADD COLUMN x int;`,
  )
  const attempt = migrate(env().DATABASE_URL, directory)
  await expect(attempt).rejects.toBeInstanceOf(MigrationError)
  await expect(attempt).rejects.toThrow(
    `The migration ${BAD} could not be applied: relation "no_such_table" does not exist. ` +
      'It was rolled back and the data is as it was before; the next start tries again.',
  )
  expect(await query('SELECT * FROM rejection')).toEqual(before)
  expect(await query("SELECT to_regclass('half_done') AS t")).toEqual([{ t: null }])
  expect(await query(`SELECT * FROM _prisma_migrations WHERE migration_name = '${BAD}'`)).toEqual(
    [],
  )
})

test('once it is mended, the next start applies it', async () => {
  await addMigration(BAD, 'SELECT 1 / 0;')
  await expect(migrate(env().DATABASE_URL, directory)).rejects.toThrow('division by zero')
  await addMigration(BAD, 'CREATE TABLE mended (id int);')
  expect(await migrate(env().DATABASE_URL, directory)).toEqual([BAD])
  expect(await migrate(env().DATABASE_URL, directory)).toEqual([])
  expect(await query("SELECT to_regclass('mended')::text AS t")).toEqual([{ t: 'mended' }])
})

test('a migration that was edited after it had been applied is refused before anything is done', async () => {
  const name = '20990102000000_edited'
  await addMigration(BAD, 'CREATE TABLE mended (id int);')
  await addMigration(name, 'CREATE TABLE edited (id int);')
  await migrate(env().DATABASE_URL, directory)
  await addMigration(name, 'CREATE TABLE edited (id bigint);')
  await addMigration('20990101500000_between', 'CREATE TABLE between_them (id int);')
  const attempt = migrate(env().DATABASE_URL, directory)
  await expect(attempt).rejects.toBeInstanceOf(MigrationError)
  await expect(attempt).rejects.toThrow(
    `The migration ${name} was edited after it had been applied, so that none was applied now. ` +
      `Put prisma/migrations/${name}/migration.sql back as it was; a change is a migration of its own.`,
  )
  expect(await query("SELECT to_regclass('between_them') AS t")).toEqual([{ t: null }])
})

test('of several processes that start at once, one migrates', async () => {
  const url = new URL(env().DATABASE_URL)
  const name = `${url.pathname.slice(1)}_race`
  await query(`CREATE DATABASE ${name}`)
  url.pathname = `/${name}`
  try {
    const results = await Promise.all([1, 2, 3].map(() => migrate(url.href)))
    expect(results.filter((applied) => applied.length > 0)).toHaveLength(1)
  } finally {
    await query(`DROP DATABASE ${name} WITH (FORCE)`)
  }
})

describe('a migration that needs a table which somebody reads for long', () => {
  const name = '20990103000000_waits'
  let holder: pg.Client

  beforeEach(async () => {
    await query('CREATE TABLE long_read (id int)')
    await addMigration(name, 'ALTER TABLE long_read ADD COLUMN more int;')
    holder = new pg.Client({ connectionString: env().DATABASE_URL })
    await holder.connect()
    await holder.query('BEGIN; LOCK TABLE long_read IN ACCESS SHARE MODE')
  })

  afterEach(async () => {
    await holder.end()
    await query('DROP TABLE long_read')
    await query(`DELETE FROM _prisma_migrations WHERE migration_name = '${name}'`)
  })

  test('lets other readers through meanwhile, says once that it waits, and is applied then', async () => {
    const said: string[] = []
    const migrating = migrate(env().DATABASE_URL, directory, {
      report: (text) => said.push(text),
      lockPatienceMs: 300,
    })
    // In several tries a reader comes while the migration waits; the lock is held until all have their answer.
    for (let reader = 0; reader < 3; reader++) {
      await expect.poll(isWaiting, { interval: 20 }).toBe(true)
      expect(await query('SELECT * FROM long_read')).toEqual([])
    }
    await holder.query('COMMIT')
    expect(await migrating).toEqual([name])
    expect(said).toEqual([`waiting for a table that ${name} changes and others are using`])
    expect(await query('SELECT more FROM long_read')).toEqual([])
    expect(await query(`SELECT FROM _prisma_migrations WHERE migration_name = '${name}'`)).toEqual([
      {},
    ])
  })

  test('waits no longer than the start', async () => {
    const stop = new AbortController()
    const attempt = migrate(env().DATABASE_URL, directory, {
      report: () => stop.abort(),
      stop: stop.signal,
      lockPatienceMs: 300,
    })
    await expect(attempt).rejects.toBeInstanceOf(StartError)
    expect(await isWaiting()).toBe(false)
  })

  async function isWaiting(): Promise<boolean> {
    const waiting = await query(
      "SELECT FROM pg_locks WHERE NOT granted AND relation = 'long_read'::regclass",
    )
    return waiting.length > 0
  }
})
