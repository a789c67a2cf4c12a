import type { Page } from '@playwright/test'
import { queryDatabase } from './support/database'
import { signIn } from './support/sign-in'
import { expect, test } from './support/test'
import { postEvent, signToken } from './support/webhook'

test.use({ appFor: 'the tests of parity' })

test('a row that a fault has changed is found, its repair foretold and run, and then it equals its log', async ({
  page,
  app,
}) => {
  // Two checks, a dry run, a replay and a rebuild: one after the other, each taken up within seconds.
  test.slow()
  await signIn(page, app)
  const token = await signToken({ secret: await app.secret() })
  const partnership = { uuid: 'partnership_of_parity', company_name: 'Meadow Software' }
  const sent = await postEvent(app.webhookUrl, token, { partnership, configuration: [] })
  expect(sent.status).toBe(200)
  const url = await app.databaseUrl()
  const names = `SELECT company_name FROM partnership WHERE uuid = '${partnership.uuid}'`
  const name = async () => (await queryDatabase(url, names))[0]?.company_name
  await expect.poll(name).toBe(partnership.company_name)
  await queryDatabase(
    url,
    `UPDATE partnership SET company_name = 'by a fault' WHERE uuid = '${partnership.uuid}'`,
  )

  await page.goto(`${app.url}/settings`)
  await page.getByRole('button', { name: 'Check parity' }).click()
  await expect(page.getByRole('link', { name: '1 row differs' })).toBeVisible()
  await page.goto(app.url)
  await page.getByRole('link', { name: '1 row differs from the event log' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Check of parity')
  await expectRow(page, 'Rows that differ', partnership.company_name)

  await page.getByRole('button', { name: 'Dry run' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Dry run')
  await untilFinished(page)
  await expectRow(page, 'Rows that would change', partnership.company_name)
  expect(await name()).toBe('by a fault')

  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Replay')
  await untilFinished(page)
  expect(await name()).toBe(partnership.company_name)
  await expect(
    page.getByRole('link', { name: 'Those that put right what a check found' }),
  ).toBeVisible()

  await page.goto(`${app.url}/settings`)
  await page.getByRole('button', { name: 'Check parity' }).click()
  await expect(page.getByText('0 differences')).toBeVisible()
  await expect(page.getByRole('link', { name: '1 row differs' })).toBeHidden()

  await page.getByRole('button', { name: 'Rebuild' }).click()
  await expect(page.getByText('1 events')).toBeVisible()
})

async function expectRow(page: Page, list: string, right: string): Promise<void> {
  const rows = page.getByRole('list', { name: list }).locator('> li')
  await expect(rows).toHaveCount(1)
  await expect(rows.first()).toContainText('company_name')
  await expect(rows.first().locator('del')).toHaveText('by a fault')
  await expect(rows.first().locator('ins')).toHaveText(right)
}

async function untilFinished(page: Page): Promise<void> {
  await expect(page.getByRole('status').getByText('Finished: 1 of 1 events')).toBeVisible({
    timeout: 60_000,
  })
}
