import type { Page } from '@playwright/test'
import type { App } from './support/app'
import { COMPANY, sendMessage, START } from './support/send-message'
import { signIn } from './support/sign-in'
import { expect, test } from './support/test'
import { untilApplied } from './support/until-applied'

test.use({ appFor: 'the tests of long rooms' })

const ROOM = 'room_long'
const COUNT = 2_500
const AT_ONCE = 16

function roomUrl(app: App, room: string, more = '') {
  return `${app.url}/rooms/${room}?company=${COMPANY}${more}`
}

function send(app: App, room_uuid: string, number: number, more: Record<string, unknown> = {}) {
  const at = START + number * 60_000
  const { type = 'message_created', ...message } = more
  return sendMessage(app, String(type), {
    uuid: `${room_uuid}_${number}`,
    room_uuid,
    content: `Number ${number}.`,
    created_at: at,
    updated_at: at,
    ...message,
  })
}

function message(page: Page, number: number) {
  return page.getByRole('article').filter({ hasText: `Number ${number}.` })
}

/** The numbers of the messages that are elements now, from top to bottom. */
async function numbers(page: Page): Promise<number[]> {
  // In one go: an element that has gone meanwhile has no place.
  const found = await page.evaluate(() =>
    [...document.querySelectorAll('article')]
      .map((article) => ({
        top: article.getBoundingClientRect().top,
        number: Number(/Number (\d+)\./.exec(article.textContent ?? '')?.[1]),
      }))
      .sort((a, b) => a.top - b.top),
  )
  return found.map(({ number }) => number)
}

/** Scrolls up (-1) or down (1) for as long as it takes until what is drawn is as wanted; steps over nothing. */
async function scrollOn(page: Page, way: -1 | 1, wanted: (shown: number[]) => boolean) {
  await expect(async () => {
    const before = await numbers(page)
    if (wanted(before)) return
    await page.mouse.wheel(0, way * 600)
    await expect.poll(() => numbers(page), { timeout: 2_000 }).not.toEqual(before)
    expect(wanted(await numbers(page))).toBe(true)
  }).toPass({ timeout: 45_000, intervals: [50] })
}

/** Sends the first messages of a room and waits until the app has applied them. */
async function fill(app: App, room: string, count: number) {
  const waiting = Array.from({ length: count }, (_, number) => number)
  const worker = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      await send(app, room, next)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  await untilApplied(app, COMPANY)
}

test.beforeAll(async ({ app }) => {
  test.setTimeout(180_000)
  await fill(app, ROOM, COUNT)
})

test('a room of thousands opens at its last message and scrolls back without a gap', async ({
  app,
  page,
}) => {
  await signIn(page, app)
  await page.goto(roomUrl(app, ROOM))
  await expect(message(page, COUNT - 1)).toBeInViewport()
  const feed = page.getByRole('feed')
  await feed.hover()
  let oldest = COUNT - 1
  while (oldest > COUNT - 200) {
    await page.mouse.wheel(0, -900)
    await expect.poll(async () => Math.min(...(await numbers(page)))).toBeLessThan(oldest)
    // Once what has just been read is in its place.
    let shown: number[] = []
    await expect(async () => {
      shown = await numbers(page)
      expect(shown).toEqual(Array.from(shown, (_, index) => shown[0]! + index))
    }).toPass()
    oldest = shown[0]!
  }
  expect(await page.getByRole('article').count()).toBeLessThan(60)
  await page.getByRole('button', { name: 'Newest messages' }).click()
  await expect(message(page, COUNT - 1)).toBeInViewport()
})

test('a link to an old message lands on it, and both ways go on from there', async ({
  app,
  page,
}) => {
  await signIn(page, app)
  const address = roomUrl(app, ROOM, `&message=${ROOM}_700#message-${ROOM}_700`)
  await page.goto(address)
  await expect(message(page, 700)).toBeInViewport()
  await expect(message(page, 700)).toBeFocused()
  // Older messages come by themselves, and what is read stays where it is: with 31 of 40 px it is not as high.
  const feed = page.getByRole('feed')
  await expect.poll(() => feed.evaluate((element) => element.scrollHeight)).toBeGreaterThan(1_600)
  await expect(message(page, 700)).toBeFocused()
  await expect(message(page, 700)).toBeInViewport()
  await feed.hover()
  await scrollOn(page, -1, (shown) => Math.min(...shown) <= 640)
  await scrollOn(page, 1, (shown) => Math.max(...shown) >= 760)
})

test('a day is jumped to', async ({ app, page }) => {
  await signIn(page, app)
  await page.goto(roomUrl(app, ROOM))
  await expect(message(page, COUNT - 1)).toBeInViewport()
  await page.getByLabel('Day to jump to').fill('2026-01-06')
  await page.getByRole('button', { name: 'Jump' }).click()
  // The first of them is of nine o'clock of the day before, and there is one a minute.
  await expect(message(page, 900)).toBeInViewport()
  await expect(page.getByText('6 Jan 2026').first()).toBeVisible()
  await page.goto(roomUrl(app, ROOM, '&date=2026-02-30'))
  await expect(page.getByText('“date” must be a day such as 2026-11-22.')).toBeVisible()
})

test('at the end new messages show by themselves; elsewhere they wait and say how many they are', async ({
  app,
  page,
}) => {
  const room = 'room_lively'
  await fill(app, room, 60)
  await signIn(page, app)
  await page.goto(roomUrl(app, room))
  await expect(message(page, 59)).toBeInViewport()
  await send(app, room, 60)
  await expect(message(page, 60)).toBeInViewport()

  await page.getByRole('feed').hover()
  await page.mouse.wheel(0, -1_500)
  await expect(message(page, 60)).not.toBeInViewport()
  const place = (await numbers(page))[8]!
  // Older messages have come by then, too.
  const boxOf = () => message(page, place).boundingBox()
  let before: Awaited<ReturnType<typeof boxOf>> = null
  await expect
    .poll(
      async () => {
        const last = before
        before = await boxOf()
        return before !== null && last?.y === before.y
      },
      { intervals: [500] },
    )
    .toBe(true)
  await send(app, room, 61)
  await send(app, room, 62)
  const waiting = page.getByRole('button', { name: '2 new messages' })
  await expect(waiting).toBeVisible()
  expect(await boxOf()).toEqual(before)
  await waiting.click()
  await expect(message(page, 62)).toBeInViewport()
  await expect(waiting).toBeHidden()
})

test('edits and deletions show by themselves, where one looks and where one scrolls to', async ({
  app,
  page,
}) => {
  const room = 'room_mended'
  await fill(app, room, 60)
  await signIn(page, app)
  await page.goto(roomUrl(app, room))
  await expect(message(page, 59)).toBeInViewport()
  await send(app, room, 58, {
    type: 'message_updated',
    content: 'Number 58. Mended',
    updated_at: START + 90_000_000,
  })
  await expect(message(page, 58)).toContainText('Mended')
  await send(app, room, 5, { type: 'message_deleted', updated_at: START + 90_000_000 })
  await send(app, room, 59, { type: 'message_deleted', updated_at: START + 90_000_000 })
  await expect(page.getByText('Message deleted')).toBeVisible()
  await page.getByRole('feed').hover()
  await expect(async () => {
    await page.mouse.wheel(0, -2_000)
    await expect(message(page, 0)).toBeVisible({ timeout: 200 })
  }).toPass()
  await expect(page.locator(`[id="message-${room}_5"]`)).toContainText('Message deleted')
})
