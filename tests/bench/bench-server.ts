import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { processVariables } from '@/lib/env'
import { startEmbeddedDatabase } from '@/lib/runtime/embedded-database'

/** The Postgres that everything under test shares. */
export type BenchServer = {
  version: string
  /** Makes an empty database and returns its address. */
  createDatabase: (name: string) => Promise<string>
  /** Writes out what earlier parts left dirty, so that no later part pays for it. */
  checkpoint: () => Promise<void>
  stop: () => Promise<void>
}

/**
 * A Postgres of the benchmark's own, embedded, with real fsync, its data in a temporary directory; or
 * the one that TEST_DATABASE_URL names, in which its databases are dropped afterwards.
 */
export async function startBenchServer(): Promise<BenchServer> {
  const given = processVariables().TEST_DATABASE_URL
  if (given) return onServer(given, async () => undefined)
  const directory = await mkdtemp(path.join(os.tmpdir(), 'waggle-bench-'))
  const database = await startEmbeddedDatabase(directory)
  return onServer(database.url, async () => {
    await database.stop()
    await rm(directory, { recursive: true, force: true })
    if (database.place !== directory) await rm(database.place, { recursive: true, force: true })
  })
}

async function onServer(url: string, stopServer: () => Promise<void>): Promise<BenchServer> {
  const admin = new pg.Client({ connectionString: url })
  await admin.connect()
  const { rows } = await admin.query<{ server_version: string }>('SHOW server_version')
  const names: string[] = []
  return {
    version: rows[0]?.server_version ?? 'unknown',
    createDatabase: async (name) => {
      const database = `bench_${name}_${process.pid}`
      await admin.query(`CREATE DATABASE ${database}`)
      names.push(database)
      const address = new URL(url)
      address.pathname = `/${database}`
      return address.href
    },
    checkpoint: async () => {
      await admin.query('CHECKPOINT')
    },
    stop: async () => {
      for (const name of names) await admin.query(`DROP DATABASE ${name} WITH (FORCE)`)
      await admin.end()
      await stopServer()
    },
  }
}
