import type { Page } from '@playwright/test'
import pg from 'pg'
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
  await untilFinished(page, 2)
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
  await untilFinished(page, 2)
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

test('a replay is paused, resumed and cancelled on its page', async ({ page, app }) => {
  await signIn(page, app)
  await dryRun(page, app, `partnership=${UUID}`, 2)
  const projections = await stopProjections(app)
  try {
    await page.getByRole('button', { name: 'Run', exact: true }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Replay')
    const status = page.getByRole('status').filter({ hasText: 'events' })
    await expect(status).toHaveText('Running: 0 of 2 events')
    await page.getByRole('button', { name: 'Pause' }).click()
    await expect(status).toHaveText('Paused: 0 of 2 events')
    await page.getByRole('button', { name: 'Resume' }).click()
    await expect(status).toHaveText('Waiting: 0 of 2 events')
    await page.getByRole('button', { name: 'Cancel' }).click()
    await expect(status).toHaveText('Cancelled: 0 of 2 events')
    await expect(page.getByRole('button', { name: /Pause|Resume|Cancel/ })).toHaveCount(0)
  } finally {
    await projections.goOn()
  }
})

test('a replay that was paused goes on where it was, and what failed in it is retried alone', async ({
  page,
  app,
}) => {
  await signIn(page, app)
  const token = await signToken({ secret: await app.secret(), claims: { iat: 3_000 } })
  expect((await postEvent(app.webhookUrl, token, { partnership: 1 })).status).toBe(200)
  await dryRun(page, app, '', 3)
  const projections = await stopProjections(app)
  try {
    await page.getByRole('button', { name: 'Run', exact: true }).click()
    await page.getByRole('button', { name: 'Pause' }).click()
    await expect(page.getByRole('status').getByText(/^Paused/)).toBeVisible()
    await page.getByRole('button', { name: 'Resume' }).click()
  } finally {
    await projections.goOn()
  }
  await untilFinished(page, 3)
  const failures = page.getByRole('table', { name: 'Events that failed in this replay' })
  await expect(failures.locator('tbody tr')).toHaveCount(1)
  const first = page.url()
  await page.getByRole('button', { name: 'Retry just those' }).click()
  await expect(page).not.toHaveURL(first)
  await untilFinished(page, 1)
  await expect(failures.locator('tbody tr')).toHaveCount(1)
  await expect(
    page.getByRole('link', { name: 'Those that failed in another replay' }),
  ).toHaveAttribute('href', new URL(first).pathname)
})

async function dryRun(page: Page, app: App, query: string, events: number): Promise<void> {
  await page.goto(`${app.url}/replays/new?${query}`)
  await page.getByRole('button', { name: 'Dry run' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Dry run')
  await untilFinished(page, events)
}

/** Keeps every replay from projecting: it waits for the lock as for a rebuild that swaps its tables. */
async function stopProjections(app: App) {
  const client = new pg.Client({ connectionString: await app.databaseUrl() })
  await client.connect()
  await client.query('SELECT pg_advisory_lock(72707370)')
  return { goOn: () => client.end() }
}

async function superseding(page: Page, app: App): Promise<void> {
  const [first] = await ask(app, 'SELECT id FROM webhook_event ORDER BY seq LIMIT 1')
  await page.goto(`${app.url}/events/${String(first?.id)}`)
  await expect(page.getByText('Superseded by')).toBeVisible()
  const attempts = page.getByRole('table', { name: 'Attempts, newest first' }).locator('tbody tr')
  await expect(attempts.first()).toContainText('Replay')
  await page.getByRole('link', { name: 'Dry run…' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('New replay')
  await expect(page.getByText('1, duplicates left out')).toBeVisible()
}

async function untilFinished(page: Page, events: number): Promise<void> {
  const text = `Finished: ${events} of ${events} events`
  await expect(page.getByRole('status').getByText(text)).toBeVisible({ timeout: 60_000 })
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
