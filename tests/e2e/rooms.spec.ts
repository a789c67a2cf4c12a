import type { App } from './support/app'
import { sendMessage as send, COMPANY, START } from './support/send-message'
import { signIn } from './support/sign-in'
import { expect, test } from './support/test'
import { untilApplied } from './support/until-applied'

// The lists must hold nothing but what these tests send.
test.use({ appFor: 'the tests of rooms' })

function roomUrl(app: App, room: string, more = '') {
  return `${app.url}/rooms/${room}?company=${COMPANY}${more}`
}

test('a conversation is read with its replies, edits, tombstones and files', async ({
  app,
  page,
}) => {
  const room_uuid = 'room_talk'
  await send(app, 'message_created', {
    uuid: 'talk_1',
    room_uuid,
    content: 'The agreement:\nhttps://docs.example/agreement. <b>Read</b> it.',
    attachments: [
      {
        uuid: 'asset_1',
        file_name: 'agreement.pdf',
        file_size: 1_048_576,
        mime_type: 'application/pdf',
        file_url: 'https://cdn.example/agreement.pdf',
      },
      { uuid: 'asset_2', file_name: 'odd.pdf', file_url: 'javascript:alert(1)' },
    ],
  })
  await send(app, 'message_created', {
    uuid: 'talk_2',
    room_uuid,
    created_at: START + 60_000,
    updated_at: START + 60_000,
    replied_to_message_uuid: 'talk_1',
    content: 'Signed',
  })
  await send(app, 'message_updated', {
    uuid: 'talk_2',
    room_uuid,
    created_at: START + 60_000,
    updated_at: START + 120_000,
    replied_to_message_uuid: 'talk_1',
    content: 'Signed and sent',
  })
  await send(app, 'message_created', {
    uuid: 'talk_3',
    room_uuid,
    created_at: START + 180_000,
    updated_at: START + 180_000,
    replied_to_message_uuid: 'talk_never_sent',
    content: 'As we said',
  })
  await send(app, 'message_created', {
    uuid: 'talk_4',
    room_uuid,
    created_at: START + 240_000,
    updated_at: START + 240_000,
    content: 'A slip of the tongue',
  })
  await send(app, 'message_deleted', {
    uuid: 'talk_4',
    room_uuid,
    created_at: START + 240_000,
    updated_at: START + 300_000,
    content: 'A slip of the tongue',
  })
  await untilApplied(app, COMPANY)
  await signIn(page, app)
  const messages = page.getByRole('article')
  await page.goto(roomUrl(app, room_uuid))
  await expect(page.getByText('Message deleted')).toBeVisible()

  await expect(messages).toHaveCount(4)
  await expect(messages.nth(0)).toContainText('<b>Read</b> it.')
  await expect(messages.nth(0).getByRole('link', { name: 'https://docs.example' })).toHaveAttribute(
    'href',
    'https://docs.example/agreement',
  )
  await expect(
    messages.nth(0).getByRole('button', { name: 'agreement.pdf (preview)' }),
  ).toBeVisible()
  expect(await page.content()).not.toContain('href="https://cdn.example/agreement.pdf"')
  await expect(messages.nth(0)).toContainText('odd.pdf (link refused')
  await expect(messages.nth(1)).toContainText('Signed and sent')
  await expect(messages.nth(1)).toContainText('edited 09:02')
  await expect(messages.nth(2)).toContainText('Replies to a message that was not received')
  await expect(messages.nth(3)).toContainText('Message deleted by Ada Lindqvist')
  expect(await page.content()).not.toContain('slip of the tongue')

  await messages.nth(0).getByRole('link', { name: '1 reply' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Thread' })).toBeVisible()
  await expect(messages).toHaveCount(2)

  await page.goto(`${app.url}/rooms`)
  const row = page.getByRole('listitem').filter({ hasText: 'message deleted' })
  await expect(row).toContainText('Partnership not received yet')
  await row.getByRole('link').click()
  await expect(messages).toHaveCount(4)

  await page.goto(`${app.url}/attachments?q=AGREE`)
  await expect(page.getByRole('button', { name: 'agreement.pdf (preview)' })).toBeVisible()
  await expect(page.getByRole('row')).toHaveCount(2)
})

test('an edit is told word by word, and a deleted text is revealed to the administrator and recorded', async ({
  app,
  page,
}) => {
  const room_uuid = 'room_past'
  const later = { room_uuid, updated_at: START + 60_000 }
  await send(app, 'message_created', { uuid: 'past_1', room_uuid, content: 'Sign on Monday' })
  await send(app, 'message_updated', { uuid: 'past_1', ...later, content: 'Sign on Friday' })
  await send(app, 'message_created', { uuid: 'past_2', room_uuid, content: 'Nobody heard this' })
  await send(app, 'message_deleted', { uuid: 'past_2', ...later })
  await untilApplied(app, COMPANY)
  await signIn(page, app)
  const deleted = page.locator('[id="message-past_2"]')
  await page.goto(roomUrl(app, room_uuid))
  await expect(deleted).toContainText('Message deleted')

  expect(await page.content()).not.toContain('Nobody heard this')
  await deleted.getByRole('button', { name: 'Reveal text' }).click()
  await expect(deleted).toContainText('Nobody heard this')
  await page.reload()
  await expect(deleted).toContainText('Text revealed once, last by admin@waggle.local')
  await expect(deleted).not.toContainText('Nobody heard this')

  await page.getByRole('link', { name: 'edited 09:01' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Edits of a message')
  await expect(page.locator('del')).toHaveText('Monday')
  await expect(page.locator('ins')).toHaveText('Friday')
  await page.getByRole('link', { name: 'Message', exact: true }).click()
  await expect(page.locator('[id="message-past_1"]')).toBeFocused()

  await page.goto(`${app.url}/settings`)
  await expect(page.getByRole('link', { name: 'past_2' })).toBeVisible()
})

test('an address of a room that is wrong says so', async ({ app, page }) => {
  await send(app, 'message_created', { uuid: 'only_1', room_uuid: 'room_only' })
  await untilApplied(app, COMPANY)
  await signIn(page, app)
  await page.goto(roomUrl(app, 'room_only'))
  await expect(page.getByRole('article')).toHaveCount(1)

  await page.goto(roomUrl(app, 'room_only', '&before=nonsense'))
  await expect(page.getByText('The page in this address does not exist.')).toBeVisible()
  await page.goto(`${app.url}/rooms?partnership=partnership_1`)
  await expect(page.getByText('needs both "partnership" and "company"')).toBeVisible()
  await page.goto(roomUrl(app, 'room_only', '&message=never'))
  await expect(page.getByText('The message in this address was not received.')).toBeVisible()
})

test('a room is read without scripts, a page at a time', async ({ app, browser, page }) => {
  const room_uuid = 'room_without_scripts'
  for (let number = 0; number < 55; number++) {
    const at = START + number * 60_000
    const message = { uuid: `plain_${number}`, room_uuid, content: `Plain number ${number}.` }
    await send(app, 'message_created', { ...message, created_at: at, updated_at: at })
  }
  await untilApplied(app, COMPANY)
  await signIn(page, app)
  await page.goto(roomUrl(app, room_uuid))
  await expect(page.getByText('Plain number 54.')).toBeVisible()

  const context = await browser.newContext({
    javaScriptEnabled: false,
    storageState: await page.context().storageState(),
  })
  const plain = await context.newPage()
  await plain.goto(roomUrl(app, room_uuid))
  await expect(plain.getByText('Plain number 54.')).toBeVisible()
  await expect(plain.getByText('Plain number 0.')).toHaveCount(0)
  await plain.getByRole('link', { name: 'Older messages' }).click()
  await expect(plain.getByText('Plain number 0.')).toBeVisible()
  await context.close()
})

test('on a phone the filters of rooms are folded away until they are asked for', async ({
  app,
  page,
}) => {
  await signIn(page, app)
  await page.goto(`${app.url}/rooms`)
  await expect(page.getByLabel('Author')).toBeVisible()
  await page.setViewportSize({ width: 390, height: 844 })
  await expect(page.getByLabel('Author')).toBeHidden()
  await page.getByLabel('Show filters').check()
  await expect(page.getByLabel('Author')).toBeVisible()
  await page.goto(`${app.url}/rooms?author=zoe`)
  await expect(page.getByLabel('Author')).toHaveValue('zoe')
  await expect(page.getByLabel('Author')).toBeVisible()
})
