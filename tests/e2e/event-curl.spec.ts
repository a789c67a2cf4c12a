import { execFile, spawnSync } from 'node:child_process'
import { promisify } from 'node:util'
import type { Page } from '@playwright/test'
import { processVariables } from '@/lib/env'
import { queryDatabase } from './support/database'
import { sendMessage } from './support/send-message'
import { signIn } from './support/sign-in'
import { expect, test } from './support/test'
import { postEvent, signToken } from './support/webhook'

const BODY = {
  partnership: { uuid: 'partnership_copied', company_name: "O'Hara $HOME `id` 🐝" },
  configuration: [],
}

test.beforeEach(async ({ page, app }) => {
  await signIn(page, app)
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
})

const copied = (page: Page) => page.evaluate(() => navigator.clipboard.readText())
const tellsCopied = (page: Page) =>
  expect(page.getByText('Copied. The token in it is valid for an hour.')).toBeVisible()

test('an event is copied as a command that sends it once more', async ({ page, app }) => {
  const token = await signToken({ secret: await app.secret() })
  const { id } = (await (await postEvent(app.webhookUrl, token, BODY)).json()) as { id: string }
  await page.goto(`${app.url}/events/${id}`)
  await page.getByRole('button', { name: 'Copy as curl' }).click()
  await tellsCopied(page)
  const command = await copied(page)
  expect(command).toContain(`'${app.webhookUrl}'`)
  expect(command).toContain(`"O'\\''Hara`)

  test.skip(spawnSync('curl', ['--version']).status !== 0, 'curl is not installed here')
  const env = processVariables({ NO_PROXY: '*' })
  const { stdout } = await promisify(execFile)('sh', ['-c', command], { env })
  const again = JSON.parse(stdout) as { id: string; status: string }
  expect(again.status).toBe('pending')
  expect(again.id).not.toBe(id)
  const bodies = await queryDatabase<{ body: string }>(
    await app.databaseUrl(),
    `SELECT body FROM webhook_event WHERE id IN ('${id}', '${again.id}')`,
  )
  expect(bodies.map(({ body }) => JSON.parse(body))).toEqual([BODY, BODY])
})

test('what a deleted message said is copied only after one has agreed to that being recorded', async ({
  page,
  app,
}) => {
  const message = { uuid: 'copied_message', room_uuid: 'room_copied', content: 'Zwetschgenmus' }
  await sendMessage(app, 'message_created', message)
  await sendMessage(app, 'message_deleted', message)
  const database = await app.databaseUrl()
  const find = () =>
    queryDatabase<{ id: string }>(
      database,
      `SELECT e.id::text FROM webhook_event e JOIN message m ON m.uuid = e.message_uuid
       WHERE m.uuid = 'copied_message' AND m.deleted_at IS NOT NULL AND e.event_type = 'message_created'`,
    )
  await expect.poll(async () => (await find()).length).toBe(1)
  const [{ id } = { id: '' }] = await find()
  const looks = () =>
    queryDatabase(database, `SELECT FROM message_reveal WHERE message_uuid = 'copied_message'`)

  await page.goto(`${app.url}/events/${id}`)
  await page.getByRole('button', { name: 'Copy as curl…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Copy what a deleted message said?' })
  await dialog.getByRole('button', { name: 'Back' }).click()
  expect(await looks()).toHaveLength(0)
  await page.getByRole('button', { name: 'Copy as curl…' }).click()
  await dialog.getByRole('button', { name: 'Copy, and record it' }).click()
  await tellsCopied(page)
  await expect(dialog).toBeHidden()
  expect(await copied(page)).toContain('Zwetschgenmus')
  expect(await looks()).toHaveLength(1)
})
