import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { migrate } from '@/lib/runtime/migrate'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The server's address without a database name: append one. */
    serverUrl: string
    templateName: string
  }
}

/**
 * Once a run: a migrated template database on a real Postgres, which each test file clones.
 * TEST_DATABASE_URL names a server to use.
 */
export default async function setup(project: TestProject) {
  const server = process.env.TEST_DATABASE_URL
  if (!server) throw new Error('TEST_DATABASE_URL is not set.')
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
