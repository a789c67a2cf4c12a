import { afterAll, beforeEach, expect, test } from 'vitest'
import { browser } from '../support/browser-request'
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
