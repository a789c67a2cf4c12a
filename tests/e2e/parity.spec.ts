import { queryDatabase } from './support/database'
import { signIn } from './support/sign-in'
import { expect, test } from './support/test'
import { postEvent, signToken } from './support/webhook'

test.use({ appFor: 'the tests of parity' })

test('a row that a fault has changed is found, repaired and then equals its log', async ({
  page,
  app,
}) => {
  await signIn(page, app)
  const token = await signToken({ secret: await app.secret() })
  const partnership = { uuid: 'partnership_of_parity', company_name: 'Meadow Software' }
  const sent = await postEvent(app.webhookUrl, token, { partnership, configuration: [] })
  expect(sent.status).toBe(200)
  const url = await app.databaseUrl()
  const names = `SELECT company_name FROM partnership WHERE uuid = '${partnership.uuid}'`
  await expect
    .poll(() => queryDatabase(url, names))
    .toEqual([{ company_name: partnership.company_name }])
  await queryDatabase(
    url,
    `UPDATE partnership SET company_name = 'by a fault' WHERE uuid = '${partnership.uuid}'`,
  )

  await page.goto(`${app.url}/settings`)
  await page.getByRole('button', { name: 'Check parity' }).click()
  const differences = page.getByRole('region', { name: 'Differences' })
  await expect(differences).toContainText('1 row differs')
  await expect(differences).toContainText(partnership.company_name)

  await differences.getByRole('button', { name: 'Repair' }).click()
  await expect
    .poll(() => queryDatabase(url, names))
    .toEqual([{ company_name: partnership.company_name }])
  await page.getByRole('button', { name: 'Check parity' }).click()
  await expect(page.getByText('0 differences')).toBeVisible()
  await expect(differences).toBeHidden()

  await page.getByRole('button', { name: 'Rebuild' }).click()
  await expect(page.getByText('1 events')).toBeVisible()
})
