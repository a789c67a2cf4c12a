import pg from 'pg'
import { afterAll, expect, inject, test } from 'vitest'
import { requireReachable } from '@/lib/runtime/check-database'

const NAME = `${inject('templateName')}_latin`

async function administer(sql: string) {
  const client = new pg.Client({ connectionString: new URL('/postgres', inject('serverUrl')).href })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

afterAll(() => administer(`DROP DATABASE IF EXISTS ${NAME}`))

test('a database that can hold every name is accepted', async () => {
  await requireReachable(new URL('/postgres', inject('serverUrl')).href)
})

test('a database in another encoding is refused with one sentence', async () => {
  await administer(`CREATE DATABASE ${NAME} ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0`)
  await expect(requireReachable(new URL(`/${NAME}`, inject('serverUrl')).href)).rejects.toThrow(
    "DATABASE_URL can't be used: its database is in LATIN1, which can't hold every name. " +
      "Create one with ENCODING 'UTF8'.",
  )
})

test('an address that is none is refused with one sentence, without the password', async () => {
  const refusal = requireReachable('postgres://user:hidden@[::1/x')
  await expect(refusal).rejects.toThrow(/^DATABASE_URL can't be used: /)
  await expect(refusal).rejects.not.toThrow(/hidden/)
})
