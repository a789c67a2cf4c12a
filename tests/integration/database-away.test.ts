import { afterAll, beforeEach, expect, test } from 'vitest'
import { browser } from '../support/browser-request'
import { GET, HEAD } from '@/app/api/live/route'
import { findUser } from '@/lib/auth/current-user'
import { disconnectDb } from '@/lib/db'
import { startDatabaseProxy } from '../support/database-proxy'

const proxy = await startDatabaseProxy()
const FORGED = 'forged'.padEnd(43, 'x')

beforeEach(() => browser.reset())

afterAll(async () => {
  await disconnectDb()
  await proxy.close()
})

// Whatever asks the database fails while it is away.
test('a cookie that is no token of Waggle’s is nobody without asking the database', async () => {
  await proxy.cut()
  const near = [FORGED.slice(1), `${FORGED}x`, `${FORGED.slice(1)}=`, `${FORGED}\n`]
  for (const value of ['', 'none', 'x'.repeat(10_000), ...near]) {
    browser.jar.set('waggle_session', { value })
    expect(await findUser()).toBeNull()
  }
  browser.jar.set('waggle_session', { value: FORGED })
  await expect(findUser()).rejects.toThrow()

  await proxy.restore()
  expect(await findUser()).toBeNull()
})

test('who asks what changes is told to come back, and at once that nobody is signed in when it is there', async () => {
  browser.jar.set('waggle_session', { value: FORGED })
  const ask = [() => GET(new Request('http://waggle.test/api/live')), HEAD]
  await proxy.cut()
  for (const answer of await Promise.all(ask.map((one) => one()))) {
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5'])
  }
  await proxy.restore()
  for (const answer of await Promise.all(ask.map((one) => one()))) expect(answer.status).toBe(401)
})
