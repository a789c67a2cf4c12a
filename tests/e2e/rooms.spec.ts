import type { App } from './support/app'
import { sendMessage as send, COMPANY, START } from './support/send-message'
import { signIn } from './support/sign-in'
import { expect, test } from './support/test'

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
  await signIn(page, app)
  const messages = page.getByRole('article')
  await expect(async () => {
    await page.goto(roomUrl(app, room_uuid))
    await expect(page.getByText('Message deleted')).toBeVisible({ timeout: 1_000 })
  }).toPass()

  await expect(messages).toHaveCount(4)
  await expect(messages.nth(0)).toContainText('<b>Read</b> it.')
  await expect(messages.nth(0).getByRole('link', { name: 'https://docs.example' })).toHaveAttribute(
    'href',
    'https://docs.example/agreement',
  )
  await expect(messages.nth(0).getByRole('button', { name: 'agreement.pdf' })).toBeVisible()
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

test('a long room is paged both ways, and a link to an old message lands on it', async ({
  app,
  page,
}) => {
  const room_uuid = 'room_long'
  const count = 120
  await Promise.all(
    Array.from({ length: count }, (_, index) =>
      send(app, 'message_created', {
        uuid: `long_${index}`,
        room_uuid,
        created_at: START + index * 1_000,
        updated_at: START + index * 1_000,
        content: `Number ${index}.`,
      }),
    ),
  )
  await signIn(page, app)
  const messages = page.getByRole('article')
  await expect(async () => {
    await page.goto(roomUrl(app, room_uuid))
    await expect(page.getByText(`${count} messages`)).toBeVisible({ timeout: 1_000 })
  }).toPass()

  await expect(messages.last()).toContainText('Number 119.')
  await expect(messages.last()).toBeInViewport()
  await page.getByRole('link', { name: 'Older messages' }).click()
  await expect(messages.first()).toContainText('Number 20.')
  await expect(messages.last()).toContainText('Number 69.')
  await page.getByRole('link', { name: 'Newer messages' }).click()
  await expect(messages.first()).toContainText('Number 70.')
  await expect(messages.last()).toContainText('Number 119.')

  await page.goto(roomUrl(app, room_uuid, '&message=long_7#message-long_7'))
  const target = page.locator('#message-long_7')
  await expect(target).toContainText('Number 7.')
  await expect(target).toBeInViewport()
  await expect(target).toBeFocused()
})

test('a room that was never received, and an address that is wrong, say so', async ({
  app,
  page,
}) => {
  await send(app, 'message_created', { uuid: 'only_1', room_uuid: 'room_only' })
  await signIn(page, app)
  await expect(async () => {
    await page.goto(roomUrl(app, 'room_only'))
    await expect(page.getByRole('article')).toHaveCount(1, { timeout: 1_000 })
  }).toPass()

  await page.goto(roomUrl(app, 'room_only', '&before=nonsense'))
  await expect(page.getByText('The page in this address does not exist.')).toBeVisible()
  await page.goto(`${app.url}/rooms?partnership=partnership_1`)
  await expect(page.getByText('needs both "partnership" and "company"')).toBeVisible()
  await page.goto(roomUrl(app, 'room_only', '&message=never'))
  await expect(page.getByText('The message in this address was not received.')).toBeVisible()
  await page.goto(`${app.url}/rooms/room_never`)
  await expect(page.getByText('No such room')).toBeVisible()
})
