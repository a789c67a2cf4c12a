import { signIn } from './support/sign-in'
import { expect, test } from './support/test'
import { postEvent, signToken } from './support/webhook'

test('an event is copied as a command that sends it once more', async ({ page, app }) => {
  await signIn(page, app)
  const token = await signToken({ secret: await app.secret() })
  const body = {
    partnership: { uuid: 'partnership_copied', company_name: "O'Hara" },
    configuration: [],
  }
  const { id } = (await (await postEvent(app.webhookUrl, token, body)).json()) as { id: string }
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto(`${app.url}/events/${id}`)
  await page.getByRole('button', { name: 'Copy as curl' }).click()
  await expect(page.getByText('Copied. The token in it is valid for an hour.')).toBeVisible()
  const command = await page.evaluate(() => navigator.clipboard.readText())
  expect(command).toContain(`'${app.webhookUrl}'`)
  expect(command).toContain(`"O'\\''Hara"`)
  const [, copied] = /Bearer ([^']+)'/.exec(command)!
  const again = await postEvent(app.webhookUrl, copied!, body)
  expect(again.status).toBe(200)
  expect(await again.json()).toMatchObject({ status: 'pending' })
})
