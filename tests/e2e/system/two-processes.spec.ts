import { expect, test } from '@playwright/test'
import { App } from '../support/app'
import { expectConsistent } from '../support/expect-consistent'
import { Load } from '../support/load'
import { OwnPostgres } from '../support/own-postgres'

const EACH = 400

test('two processes on one database lose nothing and project nothing twice', async () => {
  const postgres = await OwnPostgres.start()
  const shared = {
    DATABASE_URL: postgres.url,
    INTEGRATION_UUID: 'integration_that_both_of_them_know',
    ADMIN_EMAIL: 'admin@waggle.test',
    ADMIN_PASSWORD: 'correct horse battery staple',
  }
  const apps = [await App.prepare(shared), await App.prepare(shared)]
  try {
    // Both at once on an empty database: one migrates, the other waits for it.
    await Promise.all(apps.map((app) => app.start()))
    expect(apps.filter((app) => /migrations +applied/.test(app.output))).toHaveLength(1)

    const urls = apps.map((app) => app.webhookUrl)
    const load = new Load(urls, shared.INTEGRATION_UUID, 'two')
    await load.until(({ acknowledged }) => acknowledged.length >= 2 * EACH)
    await load.stop()
    expect(load.sent.filter(({ status }) => status !== 200)).toEqual([])
    await expectConsistent(postgres.url, load.acknowledged)
  } finally {
    for (const app of apps) await app.dispose()
    await postgres.dispose()
  }
})

test('when one of two processes is killed under load, the other finishes the work', async () => {
  const postgres = await OwnPostgres.start()
  const shared = {
    DATABASE_URL: postgres.url,
    INTEGRATION_UUID: 'integration_that_both_of_them_know',
    ADMIN_EMAIL: 'admin@waggle.test',
    ADMIN_PASSWORD: 'correct horse battery staple',
  }
  const [first, second] = [await App.prepare(shared), await App.prepare(shared)]
  try {
    await Promise.all([first.start(), second.start()])
    const urls = [first.webhookUrl, second.webhookUrl]
    const load = new Load(urls, shared.INTEGRATION_UUID, 'one-dies')
    await load.until(({ acknowledged }) => acknowledged.length >= EACH)
    await first.kill9()
    await load.until(({ unanswered }) => unanswered > 0)
    await load.stop()
    await expectConsistent(postgres.url, load.acknowledged)
  } finally {
    for (const app of [first, second]) await app.dispose()
    await postgres.dispose()
  }
})
