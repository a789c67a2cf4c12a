import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chown, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { startEmbeddedDatabase, type EmbeddedDatabase } from '@/lib/runtime/embedded-database'
import { readPostmaster } from '@/lib/runtime/postmaster'
import { temporaryDirectory } from '../support/temporary-directory'

let directory: string
let database: EmbeddedDatabase | undefined

beforeEach(async () => {
  directory = await temporaryDirectory()
})

afterEach(async () => {
  await database?.stop()
  database = undefined
  await rm(directory, { recursive: true, force: true })
})

async function query<Row extends pg.QueryResultRow>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Row>(sql)).rows
  } finally {
    await client.end()
  }
}

test('it is durable, speaks UTF-8 in UTC, and listens to this machine alone', async () => {
  database = await startEmbeddedDatabase(directory)
  const setting = async (name: string) =>
    (await query<Record<string, string>>(database!.url, `SHOW ${name}`))[0]![name]
  expect(await setting('fsync')).toBe('on')
  expect(await setting('synchronous_commit')).toBe('on')
  expect(await setting('full_page_writes')).toBe('on')
  expect(await setting('listen_addresses')).toBe('127.0.0.1')
  expect(await setting('server_encoding')).toBe('UTF8')
  expect((await setting('TimeZone'))!).toBe('UTC')
})

test('case and search work for letters outside of ASCII', async () => {
  database = await startEmbeddedDatabase(directory)
  await query(database.url, 'CREATE EXTENSION pg_trgm')
  expect(
    await query(database.url, "SELECT upper('čaroděj') AS up, 'Ünal' ILIKE 'üNAL' AS alike"),
  ).toEqual([{ up: 'ČARODĚJ', alike: true }])
  expect(await query(database.url, "SELECT show_trgm('čaj') <> '{}' AS found")).toEqual([
    { found: true },
  ])
})

test('the password is required, and readable by its owner alone', async () => {
  database = await startEmbeddedDatabase(directory)
  const without = new URL(database.url)
  without.password = 'guess'
  await expect(query(without.href, 'SELECT 1')).rejects.toThrow(/password authentication failed/)
  for (const file of ['password', 'postgres.log']) {
    expect((await stat(path.join(database.place, file))).mode & 0o077).toBe(0)
  }
})

test('after a stop the next start has the data, the password and no leftovers', async () => {
  database = await startEmbeddedDatabase(directory)
  await query(database.url, 'CREATE TABLE kept AS SELECT 7 AS value')
  const password = new URL(database.url).password
  await database.stop()
  expect(await readPostmaster(path.join(database.place, 'postgres'))).toBeUndefined()
  database = await startEmbeddedDatabase(directory)
  expect(new URL(database.url).password).toBe(password)
  expect(await query(database.url, 'SELECT value FROM kept')).toEqual([{ value: 7 }])
  expect((await readdir(database.place)).sort()).toEqual(['password', 'postgres', 'postgres.log'])
})

test('a server that is killed is started again at the same address', async () => {
  const told: string[] = []
  database = await startEmbeddedDatabase(directory, (message) => told.push(message))
  await query(database.url, 'CREATE TABLE kept AS SELECT 7 AS value')
  const { pid } = (await readPostmaster(path.join(database.place, 'postgres')))!
  process.kill(pid, 'SIGKILL')
  await vi.waitFor(() => expect(told).toEqual([expect.stringContaining('was started again')]), {
    timeout: 20_000,
  })
  expect(await query(database.url, 'SELECT value FROM kept')).toEqual([{ value: 7 }])
})

test('a second one on the same directory is refused while the first runs', async () => {
  database = await startEmbeddedDatabase(directory)
  await expect(startEmbeddedDatabase(directory)).rejects.toThrow(
    `Another Waggle is running on DATA_DIR ${database.place}: `,
  )
  expect(await query(database.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
})

test('a second one is refused too while the first has no connection left for it', async () => {
  database = await startEmbeddedDatabase(directory)
  const clients: pg.Client[] = []
  try {
    for (;;) {
      const client = new pg.Client({ connectionString: database.url })
      await client.connect()
      clients.push(client)
    }
  } catch (error) {
    expect(error).toMatchObject({ code: '53300' })
  }
  await expect(startEmbeddedDatabase(directory)).rejects.toThrow('Another Waggle is running on')
  const answer = await clients[0]!.query('SELECT 1 AS one')
  expect(answer.rows).toEqual([{ one: 1 }])
  await Promise.all(clients.map((client) => client.end()))
})

test('what a first start left when it was killed is cleared away', async () => {
  // No process has this number: it is above what any kernel gives out.
  const abandoned = path.join(directory, 'postgres.99999999')
  await mkdir(abandoned)
  await writeFile(path.join(abandoned, 'PG_VERSION'), '18')
  database = await startEmbeddedDatabase(directory)
  expect(await readdir(directory)).not.toContain('postgres.99999999')
})

test('a pid file whose number belongs to another program now is no obstacle', async () => {
  database = await startEmbeddedDatabase(directory)
  const data = path.join(database.place, 'postgres')
  const content = await readFile(path.join(data, 'postmaster.pid'), 'utf8')
  await database.stop()
  // As after a reboot: the number is in use, by a program that is no database.
  await writeFile(
    path.join(data, 'postmaster.pid'),
    content.replace(/^\d+/, String(process.ppid)),
    { mode: 0o600 },
  )
  database = await startEmbeddedDatabase(directory)
  expect(await query(database.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
})

test('a pid file that a crash left empty is no obstacle', async () => {
  database = await startEmbeddedDatabase(directory)
  await database.stop()
  await writeFile(path.join(database.place, 'postgres', 'postmaster.pid'), '', { mode: 0o600 })
  database = await startEmbeddedDatabase(directory)
  expect(await query(database.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
})

test('a program that only reads the log is not taken for the server', async () => {
  database = await startEmbeddedDatabase(directory)
  const data = path.join(database.place, 'postgres')
  const content = await readFile(path.join(data, 'postmaster.pid'), 'utf8')
  await database.stop()
  const reader = spawn('tail', ['-f', `${data}.log`], { stdio: 'ignore' })
  try {
    await once(reader, 'spawn')
    const pidFile = content.replace(/^\d+/, String(reader.pid))
    await writeFile(path.join(data, 'postmaster.pid'), pidFile, { mode: 0o600 })
    database = await startEmbeddedDatabase(directory)
    expect(await query(database.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
    expect([reader.exitCode, reader.signalCode]).toEqual([null, null])
  } finally {
    reader.kill()
  }
})

test('data without its password is one sentence', async () => {
  database = await startEmbeddedDatabase(directory)
  await database.stop()
  await rm(path.join(database.place, 'password'))
  await expect(startEmbeddedDatabase(directory)).rejects.toThrow(
    `${path.join(database.place, 'password')} is missing: put it back from a backup.`,
  )
})

test.runIf(process.getuid?.() === 0)('as root it runs as whoever owns the data', async () => {
  database = await startEmbeddedDatabase(directory)
  await query(database.url, 'CREATE TABLE kept AS SELECT 7 AS value')
  await database.stop()
  const nobody = 65534
  const data = path.join(database.place, 'postgres')
  const files = await readdir(data, { recursive: true })
  for (const file of ['.', ...files]) await chown(path.join(data, file), nobody, nobody)
  database = await startEmbeddedDatabase(directory)
  expect(await query(database.url, 'SELECT value FROM kept')).toEqual([{ value: 7 }])
})
