import { rm } from 'node:fs/promises'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { startEmbeddedDatabase } from '@/lib/runtime/embedded-database'
import { migrate } from '@/lib/runtime/migrate'
import { temporaryDirectory } from './temporary-directory'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The server's address without a database name: append one. */
    serverUrl: string
    templateName: string
  }
}

/**
 * Once a run: a migrated template database on a real Postgres, which each test file clones.
 * TEST_DATABASE_URL names a server to use; without it an embedded one is started for the run.
 */
export default async function setup(project: TestProject) {
  const ownServer = process.env.TEST_DATABASE_URL ? undefined : await startOwnServer()
  try {
    const removeDatabases = await prepare(project, ownServer?.url ?? process.env.TEST_DATABASE_URL!)
    return async () => {
      await removeDatabases()
      await ownServer?.stop()
    }
  } catch (error) {
    await ownServer?.stop()
    throw error
  }
}

async function startOwnServer() {
  const directory = await temporaryDirectory()
  const database = await startEmbeddedDatabase(directory)
  return {
    url: database.url,
    stop: async () => {
      await database.stop()
      await rm(database.place, { recursive: true, force: true })
      await rm(directory, { recursive: true, force: true })
    },
  }
}

async function prepare(project: TestProject, server: string) {
  const serverUrl = new URL(server)
  const templateName = `waggle_template_${process.pid}`
  const admin = new pg.Client({ connectionString: server })
  await admin.connect()
  await admin.query(`CREATE DATABASE ${templateName}`)
  serverUrl.pathname = `/${templateName}`
  await migrate(serverUrl.href)
  serverUrl.pathname = '/'
  project.provide('serverUrl', serverUrl.href)
  project.provide('templateName', templateName)

  return async () => {
    const { rows } = await admin.query<{ datname: string }>(
      `SELECT datname FROM pg_database WHERE datname LIKE $1`,
      [`${templateName}%`],
    )
    for (const { datname } of rows) await admin.query(`DROP DATABASE "${datname}" WITH (FORCE)`)
    await admin.end()
  }
}
