import type { Page } from '@playwright/test'
import type { App } from './support/app'
import { queryDatabase } from './support/database'
import { refreshesOf } from './support/refreshes-of'
import { sendMessage, START } from './support/send-message'
import { signIn } from './support/sign-in'
import { expect, test } from './support/test'

// They restart it, and count what is in its list.
test.use({
  appFor: 'the tests of live rooms',
  // While the server is away the browser says that it can't be reached.
  expectedConsoleErrors: [/ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED|ERR_CONNECTION_RESET/],
})

// Longer than the page waits between two refreshes that cost little.
const QUIET_MS = 1_500

function row(page: Page, text: string) {
  return page.getByRole('list', { name: 'Rooms' }).getByRole('listitem').filter({ hasText: text })
}

async function send(app: App, room: string, number: number, content: string) {
  const at = START + number * 60_000
  const times = { created_at: at, updated_at: at }
  await sendMessage(app, 'message_created', {
    uuid: `${room}_${number}`,
    room_uuid: room,
    content,
    ...times,
  })
}

async function untilShown(app: App, page: Page, text: string) {
  await expect(async () => {
    await page.goto(`${app.url}/rooms`)
    await expect(row(page, text)).toBeVisible({ timeout: 1_000 })
  }).toPass()
}

test('a new message moves its room up without a reload, and takes nobody’s focus or place', async ({
  app,
  page,
}) => {
  await send(app, 'first', 1, 'Said in the first room')
  await send(app, 'second', 2, 'Said in the second room')
  await signIn(page, app)
  await untilShown(app, page, 'Said in the first room')
  const rows = page.getByRole('list', { name: 'Rooms' }).getByRole('listitem')
  await expect(rows.first()).toContainText('Said in the second room')
  await page.evaluate(() => Object.assign(window, { notReloaded: true }))
  const focused = row(page, 'Said in the second room').getByRole('link')
  await focused.focus()

  await send(app, 'first', 3, 'News in the first room')
  await expect(rows.first()).toContainText('News in the first room')
  await expect(rows.nth(1)).toContainText('Said in the second room')
  await expect(focused).toBeFocused()
  expect(await page.evaluate(() => 'notReloaded' in window)).toBe(true)
})

test('what has not been read is counted, and reading it ends that, also for what comes meanwhile', async ({
  app,
  page,
}) => {
  await send(app, 'unread', 10, 'One')
  await send(app, 'unread', 11, 'Two')
  await signIn(page, app)
  await untilShown(app, page, 'Two')
  await expect(row(page, 'Two')).toContainText('2 unread')
  await row(page, 'Two').getByRole('link').click()
  await expect(page.getByRole('article')).toHaveCount(2)
  await page.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link').click()
  await expect(row(page, 'Two')).not.toContainText('unread')

  await send(app, 'unread', 12, 'Three')
  await expect(row(page, 'Three')).toContainText('1 unread')
})

test('a page that is open while the server starts again shows what came meanwhile', async ({
  app,
  page,
}) => {
  test.slow()
  await send(app, 'restart', 20, 'Before')
  await signIn(page, app)
  await untilShown(app, page, 'Before')
  // What a page has asked for when its server goes away is lost, and the page with it: it is at rest first.
  const refreshes = refreshesOf(page, '/rooms')
  await page.reload()
  // With the stream's first word the page is read anew.
  await expect
    .poll(
      () => {
        const { open, ended, endedAt } = refreshes
        return ended > 0 && open.size === 0 && performance.now() - endedAt > QUIET_MS
      },
      { timeout: 30_000 },
    )
    .toBe(true)
  await page.evaluate(() => Object.assign(window, { notReloaded: true }))

  await app.stop()
  await expect(page.getByText('Reconnecting…')).toBeVisible()
  await app.start()
  await send(app, 'restart', 21, 'After')
  await expect(row(page, 'After')).toBeVisible({ timeout: 30_000 })
  await expect(page.getByText('Reconnecting…')).toBeHidden()
  expect(await page.evaluate(() => 'notReloaded' in window)).toBe(true)
})

test('a server with open streams stops at once, without an error', async ({ app, page }) => {
  await signIn(page, app)
  const cookies = await page.context().cookies()
  // A page that reads anew in this moment would say so in its console.
  await page.goto('about:blank')
  const stream = await fetch(`${app.url}/api/live`, {
    headers: { cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; ') },
  })
  expect(stream.headers.get('content-type')).toContain('text/event-stream')
  const told = stream.text()
  expect(await app.stop()).toEqual({ code: 0, signal: null })
  expect(await told).toContain('event: hello')
  expect(app.output).not.toContain('error')
  await app.start()
})

test.describe('signed out elsewhere', () => {
  // The stream, when it is opened after that.
  test.use({ expectedConsoleErrors: [/401 \(Unauthorized\)|ERR_FAILED/] })

  test('a page whose session has been ended elsewhere leads to the sign-in', async ({
    app,
    page,
  }) => {
    await send(app, 'ended', 30, 'Seen')
    await signIn(page, app)
    await untilShown(app, page, 'Seen')
    await queryDatabase(await app.databaseUrl(), 'DELETE FROM session')
    await send(app, 'ended', 31, 'Not to be seen')
    await expect(page).toHaveURL(/\/login/)
    await expect(page.getByText('Not to be seen')).toHaveCount(0)
  })

  test('a page that connects only then leads to the sign-in, too', async ({ app, page }) => {
    await send(app, 'late', 32, 'Seen late')
    await signIn(page, app)
    await untilShown(app, page, 'Seen late')
    await page.route('**/api/live', (route) => route.abort(), { times: 1 })
    await page.goto(`${app.url}/rooms`)
    await queryDatabase(await app.databaseUrl(), 'DELETE FROM session')
    await expect(page).toHaveURL(/\/login/)
  })
})

test('the list is filtered by its form, and says why when an address makes no sense', async ({
  app,
  page,
}) => {
  await send(app, 'filtered', 40, 'By Ada')
  await sendMessage(app, 'message_created', {
    uuid: 'by_zoe',
    room_uuid: 'by_zoe',
    content: 'By Zoe',
    created_by_user_uuid: 'user_zoe',
    created_by_user_first_name: 'Zoe',
  })
  await signIn(page, app)
  await untilShown(app, page, 'By Zoe')
  await page.getByLabel('Author').fill('zoe')
  await page.getByRole('button', { name: 'Filter' }).click()
  await expect(page).toHaveURL(/author=zoe/)
  await expect(row(page, 'By Zoe')).toBeVisible()
  await expect(row(page, 'By Ada')).toHaveCount(0)

  await page.goto(`${app.url}/rooms?files=maybe`)
  await expect(page.getByText('“files” can be yes or no; nothing else.')).toBeVisible()
})

test('a page whose stream was given up for newer ones still shows what comes', async ({
  app,
  page,
}) => {
  await send(app, 'crowded', 1, 'Said before the crowd')
  await signIn(page, app)
  const [stream] = await Promise.all([
    page.waitForResponse((response) => new URL(response.url()).pathname === '/api/live'),
    untilShown(app, page, 'Said before the crowd'),
  ])
  const { cookie } = await stream.request().allHeaders()
  const crowd = new AbortController()
  const request = { headers: { cookie: cookie ?? '' }, signal: crowd.signal }
  const others = await Promise.all(
    Array.from({ length: 20 }, () => fetch(`${app.url}/api/live`, request)),
  )
  expect(others.map(({ status }) => status)).toEqual(Array(20).fill(200))
  await send(app, 'crowded', 2, 'Said in the crowd')
  await expect(row(page, 'Said in the crowd')).toBeVisible({ timeout: 25_000 })
  crowd.abort()
})
