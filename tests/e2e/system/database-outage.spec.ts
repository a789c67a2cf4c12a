import { expect, test } from '@playwright/test'
import { App } from '../support/app'
import { expectConsistent } from '../support/expect-consistent'
import { Load } from '../support/load'
import { OwnPostgres } from '../support/own-postgres'

const BUSY = 200
const REFUSED = 50
// "At once" for a server that is gone; one that hangs shows only by its silence.
const PROMPT_MS = 8_000

let postgres: OwnPostgres
let app: App

test.beforeEach(async () => {
  postgres = await OwnPostgres.start()
  app = await App.prepare({ DATABASE_URL: postgres.url })
  await app.start()
})

test.afterEach(async () => {
  await app.dispose()
  await postgres.dispose()
})

const OUTAGES = [
  {
    name: 'is stopped',
    begin: () => postgres.stop(),
    end: () => postgres.startAgain(),
  },
  {
    name: 'hangs',
    begin: async () => postgres.suspend(),
    end: async () => postgres.resume(),
  },
]

for (const outage of OUTAGES) {
  test(`a database that ${outage.name} under load means 503, and recovery without a restart`, async () => {
    const pid = app.pid
    const load = new Load([app.webhookUrl], await app.secret(), 'outage')
    await load.until(({ acknowledged }) => acknowledged.length >= BUSY)

    await outage.begin()
    const before = load.sent.length
    await load.until(({ sent }) => refusalsIn(sent.slice(before)) >= REFUSED)
    expect((await fetch(`${app.url}/api/health`)).status).toBe(503)
    await outage.end()
    const answered = load.sent.length
    await load.until(({ sent }) => sent.slice(answered).some(({ status }) => status === 200))
    await expect.poll(async () => (await fetch(`${app.url}/api/health`)).status).toBe(200)
    await load.stop()

    expect(load.unanswered, 'every request was answered').toBe(0)
    expect(new Set(load.sent.map(({ status }) => status))).toEqual(new Set([200, 503]))
    const refused = load.sent.filter(({ status }) => status === 503)
    expect(refused.filter(({ retryAfter }) => !/^\d+$/.test(retryAfter ?? ''))).toEqual([])
    expect(Math.max(...load.sent.map(({ tookMs }) => tookMs))).toBeLessThan(PROMPT_MS)
    expect(app.pid).toBe(pid)
    await expectConsistent(postgres.url, load.acknowledged)
  })
}

function refusalsIn(sent: Load['sent']): number {
  return sent.filter(({ status }) => status === 503).length
}
