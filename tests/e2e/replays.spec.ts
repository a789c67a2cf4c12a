import type { Page } from '@playwright/test'
import type { App } from './support/app'
import { queryDatabase } from './support/database'
import { signIn } from './support/sign-in'
import { expect, test } from './support/test'
import { postEvent, signToken } from './support/webhook'

test.use({ appFor: 'the tests of replays' })
test.describe.configure({ mode: 'serial' })

const UUID = 'partnership_to_repair'

test('a row that a fault has corrupted shows in a dry run, and the replay repairs it', async ({
  page,
  app,
}) => {
  await signIn(page, app)
  await send(app, 'First Name', 1_000)
  await send(app, 'Meadow Software', 2_000)
  await expect
    .poll(() => nameOf(app), { message: 'both events are projected' })
    .toBe('Meadow Software')
  await ask(app, `UPDATE partnership SET company_name = 'Corrupted' WHERE uuid = '${UUID}'`)

  await page.goto(`${app.url}/events?partnership=${UUID}`)
  await page.getByRole('link', { name: 'Replay everything that matches' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('New replay')
  await expect(page.getByText('2, duplicates left out')).toBeVisible()
  await page.getByRole('button', { name: 'Dry run' }).click()

  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Dry run')
  await untilFinished(page)
  const rows = page.getByRole('list', { name: 'Rows that would change' }).locator('> li')
  await expect(rows).toHaveCount(1)
  await expect(rows.first()).toContainText('company_name')
  await expect(rows.first().locator('del')).toHaveText('Corrupted')
  await expect(rows.first().locator('ins')).toHaveText('Meadow Software')
  const superseded = page.getByRole('table', { name: 'Events that newer ones supersede' })
  await expect(superseded.locator('tbody tr')).toHaveCount(1)
  expect(await nameOf(app)).toBe('Corrupted')

  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Replay')
  await untilFinished(page)
  expect(await nameOf(app)).toBe('Meadow Software')

  await superseding(page, app)
})

test('a replay of nothing, and of a filter that nobody knows, is not offered', async ({
  page,
  app,
}) => {
  await signIn(page, app)
  await page.goto(`${app.url}/replays/new?partnership=nobody`)
  await expect(page.getByText('There is nothing to replay.')).toBeVisible()
  await page.goto(`${app.url}/replays/new?partnershp=nobody`)
  await expect(page.getByText('Events can’t be filtered by “partnershp”.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Dry run' })).toBeHidden()
})

async function superseding(page: Page, app: App): Promise<void> {
  const [first] = await ask(app, 'SELECT id FROM webhook_event ORDER BY seq LIMIT 1')
  await page.goto(`${app.url}/events/${String(first?.id)}`)
  await expect(page.getByText('Superseded by')).toBeVisible()
  const attempts = page.getByRole('table', { name: 'Attempts, newest first' }).locator('tbody tr')
  await expect(attempts.first()).toContainText('Replay')
}

async function untilFinished(page: Page): Promise<void> {
  await expect(page.getByRole('status').getByText('Finished: 2 of 2 events')).toBeVisible({
    timeout: 60_000,
  })
}

async function send(app: App, company_name: string, iat: number): Promise<void> {
  const token = await signToken({ secret: await app.secret(), claims: { iat } })
  const body = { partnership: { uuid: UUID, company_name }, configuration: [] }
  expect((await postEvent(app.webhookUrl, token, body)).status).toBe(200)
}

async function nameOf(app: App): Promise<unknown> {
  const [row] = await ask(app, `SELECT company_name FROM partnership WHERE uuid = '${UUID}'`)
  return row?.company_name
}

async function ask(app: App, sql: string): Promise<Record<string, unknown>[]> {
  return queryDatabase(await app.databaseUrl(), sql)
}
