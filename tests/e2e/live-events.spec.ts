import type { Page } from '@playwright/test'
import type { App } from './support/app'
import { expectNoViolations } from './support/expect-no-violations'
import { refreshesOf, type Refreshes } from './support/refreshes-of'
import { signIn } from './support/sign-in'
import { expect, test } from './support/test'
import { postEvent, signToken } from './support/webhook'

// They count what is new, and restart the server.
test.use({
  appFor: 'the tests of live events',
  // While the server is away the browser says that it can't be reached.
  expectedConsoleErrors: [/ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED|ERR_CONNECTION_RESET/],
})

function rows(page: Page) {
  return page.getByRole('table', { name: 'Events, newest first' }).locator('tbody tr')
}

/** The way to events that have come and are not shown. */
function newEvents(page: Page) {
  return page.getByRole('button', { name: /new events?$/ })
}

async function send(app: App, partnership: string) {
  const token = await signToken({ secret: await app.secret() })
  const body = { partnership: { uuid: partnership }, configuration: [] }
  expect((await postEvent(app.webhookUrl, token, body)).status).toBe(200)
}

/** Opens a page of events that is known to follow the log: what came just now has come by itself. */
async function openLive(app: App, page: Page, first: string) {
  await signIn(page, app)
  await page.goto(`${app.url}/events`)
  await expect(page.getByRole('button', { name: 'Live updates' })).toBeVisible()
  await page.evaluate(() => Object.assign(window, { notReloaded: true }))
  await send(app, first)
  await expect(rows(page).first()).toContainText(first)
  // How it ended is told as well.
  await expect(rows(page).first()).toContainText('Applied')
  expect(await page.evaluate(() => 'notReloaded' in window)).toBe(true)
}

/** What the page was asked for before it was to stay as it is would show what comes now: it is there first. */
async function untilAtRest(page: Page, refreshes: Refreshes) {
  await page.evaluate(
    () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))),
  )
  await expect.poll(() => refreshes.open.size).toBe(0)
}

test('a paused list of events counts what comes, and shows it when asked', async ({
  app,
  page,
}) => {
  const refreshes = refreshesOf(page, '/events')
  await openLive(app, page, 'partnership_paused_1')
  const live = page.getByRole('button', { name: 'Live updates' })
  await live.click()
  await expect(live).toHaveAttribute('aria-pressed', 'false')
  await untilAtRest(page, refreshes)
  await send(app, 'partnership_paused_2')
  await expect(newEvents(page)).toHaveText('1 new event')
  await send(app, 'partnership_paused_3')
  await expect(newEvents(page)).toHaveText('2 new events')
  await expect(rows(page).first()).toContainText('partnership_paused_1')
  await expectNoViolations(page, 'a paused list')

  await newEvents(page).click()
  await expect(rows(page).first()).toContainText('partnership_paused_3')
  await expect(newEvents(page)).toBeHidden()
  await expect(live).toHaveAttribute('aria-pressed', 'false')
  await untilAtRest(page, refreshes)
  await send(app, 'partnership_paused_4')
  await expect(newEvents(page)).toHaveText('1 new event')
  await live.click()
  await expect(rows(page).first()).toContainText('partnership_paused_4')
  await expect(newEvents(page)).toBeHidden()

  // The row that the keyboard has come to stays where it is.
  await page.keyboard.press('j')
  await expect(rows(page).first().locator(':focus')).toBeVisible()
  await untilAtRest(page, refreshes)
  await send(app, 'partnership_beside_the_keyboard')
  await expect(newEvents(page)).toHaveText('1 new event')
  await expect(rows(page).first().locator(':focus')).toBeVisible()
  await expect(rows(page).first()).toContainText('partnership_paused_4')
})

test('a selection keeps the list as it is, and so do scrolling and a later page of it', async ({
  app,
  page,
}) => {
  const refreshes = refreshesOf(page, '/events')
  await openLive(app, page, 'partnership_selected')
  const checkbox = rows(page).first().getByRole('checkbox')
  await checkbox.check()
  await untilAtRest(page, refreshes)
  await send(app, 'partnership_during_selection')
  await expect(newEvents(page)).toHaveText('1 new event')
  await expect(rows(page).first()).toContainText('partnership_selected')
  await checkbox.uncheck()
  await expect(rows(page).first()).toContainText('partnership_during_selection')

  const token = await signToken({ secret: await app.secret() })
  const many = Array.from({ length: 50 }, (_, n) => ({
    partnership: { uuid: `partnership_many_${n}` },
    configuration: [],
  }))
  await Promise.all(many.map((body) => postEvent(app.webhookUrl, token, body)))
  await openLive(app, page, 'partnership_top')
  await expect(rows(page)).toHaveCount(50)
  // Scrolled down to its end, too.
  await page.getByRole('link', { name: 'Next' }).scrollIntoViewIfNeeded()
  await untilAtRest(page, refreshes)
  await send(app, 'partnership_during_scroll')
  await expect(newEvents(page)).toHaveText('1 new event')
  await newEvents(page).click()
  await expect(rows(page).first()).toContainText('partnership_during_scroll')
  await expect(rows(page).first()).toBeInViewport()

  await page.getByRole('link', { name: 'Next' }).click()
  await expect(page).toHaveURL(/after=/)
  await expect(page.getByRole('link', { name: 'Previous' })).toBeVisible()
  await untilAtRest(page, refreshes)
  await send(app, 'partnership_meanwhile')
  await expect(newEvents(page)).toHaveText('1 new event')
  await newEvents(page).click()
  await expect(page).toHaveURL(`${app.url}/events`)
  await expect(rows(page).first()).toContainText('partnership_meanwhile')
})

test('a list of events that is open while the server starts again shows what came meanwhile', async ({
  app,
  page,
}) => {
  test.slow()
  const refreshes = refreshesOf(page, '/events')
  await openLive(app, page, 'partnership_before')
  // Paused, it asks for no page: one that is asked for when the server goes away would be lost.
  await page.getByRole('button', { name: 'Live updates' }).click()
  await untilAtRest(page, refreshes)
  await send(app, 'partnership_counted')
  await expect(newEvents(page)).toHaveText('1 new event')
  await app.stop()
  await app.start()
  await send(app, 'partnership_after')
  await expect(newEvents(page)).toHaveText('2 new events', { timeout: 30_000 })
  await page.getByRole('button', { name: 'Live updates' }).click()
  await expect(rows(page).first()).toContainText('partnership_after')
  expect(await page.evaluate(() => 'notReloaded' in window)).toBe(true)
})
