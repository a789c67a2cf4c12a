import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, inject } from 'vitest'
import { disconnectDb } from '@/lib/db'

export const TEST_SECRET = 'integration_11111111-2222-4333-8444-555555555555'

const name = `${inject('templateName')}_${randomBytes(6).toString('hex')}`
const url = new URL(inject('serverUrl'))

// Set while the file is loaded, before the code under test reads its settings for the first time.
url.pathname = `/${name}`
process.env.DATABASE_URL = url.href
process.env.INTEGRATION_UUID = TEST_SECRET
process.env.ADMIN_EMAIL = 'admin@waggle.test'
process.env.ADMIN_PASSWORD = 'correct horse battery staple'

beforeAll(async () => {
  await administer(`CREATE DATABASE ${name} TEMPLATE ${inject('templateName')}`)
})

afterAll(async () => {
  await disconnectDb()
  await administer(`DROP DATABASE ${name} WITH (FORCE)`)
})

async function administer(sql: string) {
  const server = new URL(url)
  server.pathname = '/postgres'
  const client = new pg.Client({ connectionString: server.href })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
