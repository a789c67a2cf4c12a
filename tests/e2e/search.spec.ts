import type { Page } from '@playwright/test'
import { UPKEEP_ANCHOR } from '@/components/addresses'
import type { App } from './support/app'
import { queryDatabase } from './support/database'
import { COMPANY, sendMessage, START } from './support/send-message'
import { signIn } from './support/sign-in'
import { expect, test } from './support/test'
import { untilApplied } from './support/until-applied'
import { untilKeysWork } from './support/until-keys-work'
import { postEvent, signToken } from './support/webhook'

// What is found must be what these tests send.
test.use({ appFor: 'the tests of search' })

const PARTNERSHIP = 'partnership_search_1'
const MESSAGE = 'message_search_1'
const ROOM = 'room_search'

test.beforeAll(async ({ app }) => {
  const secret = await app.secret()
  const token = await signToken({
    secret,
    claims: { company_uuid: COMPANY, event_id: 'partner_created' },
  })
  await postEvent(app.webhookUrl, token, {
    partnership: { uuid: PARTNERSHIP, company_name: 'Zoë Kakapo <b>Ltd</b>' },
  })
  await sendMessage(app, 'message_created', {
    uuid: MESSAGE,
    room_uuid: ROOM,
    partnership_uuid: PARTNERSHIP,
    content: 'The quarterly invoice is <b>late</b>, see the budget',
    attachments: [{ uuid: 'asset_search', file_name: 'Budget_2026.pdf', file_size: 7 }],
  })
  await sendMessage(app, 'message_created', {
    uuid: 'message_search_2',
    room_uuid: ROOM,
    partnership_uuid: PARTNERSHIP,
    created_at: START + 60_000,
    updated_at: START + 60_000,
    content: 'Paid',
  })
  await untilApplied(app, COMPANY)
})

const palette = (page: Page) => page.getByRole('dialog', { name: 'Search and commands' })
const box = (page: Page) => page.getByRole('combobox')

async function openPalette(page: Page, app: App) {
  await page.goto(`${app.url}/settings`)
  await untilKeysWork(page)
  await page.keyboard.press('Control+k')
  await expect(box(page)).toBeFocused()
}

/** What a screen reader is told to be chosen. */
async function expectChosen(page: Page, name: RegExp) {
  const option = palette(page).getByRole('option', { name }).first()
  await expect(option).toHaveAttribute('aria-selected', 'true')
  await expect(box(page)).toHaveAttribute(
    'aria-activedescendant',
    (await option.getAttribute('id'))!,
  )
}

test.beforeEach(({ page, app }) => signIn(page, app))

test('a partnership is found by its name without accents and opened with Enter', async ({
  app,
  page,
}) => {
  await openPalette(page, app)
  await box(page).fill('zoe kak')
  await expectChosen(page, /Zoë Kakapo <b>Ltd<\/b>/)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(`${app.url}/partnerships/${PARTNERSHIP}?company=${COMPANY}`)
  await expect(palette(page)).toBeHidden()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Zoë Kakapo')

  await page.keyboard.press('Control+k')
  const recent = palette(page).getByRole('group', { name: 'Recent' })
  await expect(recent.getByRole('option')).toHaveText(['Zoë Kakapo <b>Ltd</b>'])
})

test('records are found by their id and by its beginning', async ({ app, page }) => {
  await openPalette(page, app)
  const results = palette(page)
  await box(page).fill(PARTNERSHIP)
  await expectChosen(page, /Zoë Kakapo/)
  await box(page).fill(PARTNERSHIP.slice(0, 14))
  await expectChosen(page, /Zoë Kakapo/)
  await box(page).fill(ROOM)
  await expect(results.getByRole('group', { name: 'Rooms' }).getByRole('option')).toHaveCount(1)
  const [event] = await queryDatabase<{ id: string }>(
    await app.databaseUrl(),
    'SELECT id FROM webhook_event ORDER BY seq LIMIT 1',
  )
  await box(page).fill(event!.id.slice(0, 23))
  await expect(results.getByRole('group', { name: 'Events' })).toContainText(event!.id)
  await box(page).fill(MESSAGE)
  await expectChosen(page, /quarterly invoice/)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`/rooms/${ROOM}\\?.*message=${MESSAGE}`))
})

test('messages, files, pages and commands are found too', async ({ app, page }) => {
  await openPalette(page, app)
  const group = (name: string) => palette(page).getByRole('group', { name })
  await box(page).fill('budget')
  await expect(group('Messages').locator('mark')).toHaveText(['budget'])
  await expect(group('Files').getByRole('option')).toContainText(['Budget_2026.pdf'])
  await box(page).fill('attach')
  await expectChosen(page, /Attachments/)
  await box(page).fill('theme dark')
  await page.keyboard.press('Enter')
  await expect(page.locator('html')).toHaveClass(/dark/)
  await page.keyboard.press('Control+k')
  await box(page).fill('dead letters')
  await expectChosen(page, /Dead letters/)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(`${app.url}/redeliveries/dead`)
  await page.keyboard.press('Control+k')
  await box(page).fill('rebuild')
  await expectChosen(page, /Rebuild or check parity/)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(`${app.url}/settings#${UPKEEP_ANCHOR}`)
  await expect(page.getByRole('button', { name: 'Check parity' })).toBeInViewport()
})

test('a row that somebody has begun to choose stays chosen when the answer comes', async ({
  app,
  page,
}) => {
  await openPalette(page, app)
  let answer!: () => void
  const asked = new Promise<void>((resolve) => (answer = resolve))
  await page.route('**/api/palette?*', async (route) => {
    await asked
    await route.continue()
  })
  await box(page).fill('kakapo')
  await page.keyboard.press('ArrowDown')
  await expectChosen(page, /Contacts: kakapo/)
  answer()
  await expect(palette(page).getByRole('group', { name: 'Partnerships' })).toBeVisible()
  await expectChosen(page, /Contacts: kakapo/)
})

test('an answer to what is no longer asked is not shown', async ({ app, page }) => {
  await openPalette(page, app)
  let answer!: () => void
  const late = new Promise<void>((resolve) => (answer = resolve))
  await page.route('**/api/palette?q=kakapo', async (route) => {
    await late
    // The page has given this request up.
    await route.continue().catch(() => undefined)
  })
  const asked = page.waitForRequest('**/api/palette?q=kakapo')
  await box(page).fill('kakapo')
  await asked
  await box(page).fill('nothing like it')
  answer()
  await expect(palette(page).getByRole('status')).toHaveText('Nothing found')
  await expect(palette(page).getByRole('group', { name: 'Partnerships' })).toHaveCount(0)
})

test.describe('when the search fails', () => {
  test.use({ expectedConsoleErrors: [/500 \(Internal Server Error\)|ERR_FAILED/] })

  test('the palette says so, keeps the text, and tries again', async ({ app, page }) => {
    await openPalette(page, app)
    await page.route('**/api/palette?*', (route) => route.fulfill({ status: 500, body: 'oops' }), {
      times: 1,
    })
    await box(page).fill('kakapo')
    await expect(palette(page).getByText('The search failed: Waggle could not search')).toHaveCount(
      2,
    )
    await expect(box(page)).toHaveValue('kakapo')
    await expectChosen(page, /Try again/)
    await page.keyboard.press('Enter')
    await expectChosen(page, /Zoë Kakapo/)
  })
})

test('a message is found by a word, and landed on', async ({ app, page }) => {
  await page.goto(`${app.url}/search`)
  await page
    .getByRole('searchbox', { name: 'Search messages' })
    .fill('"quarterly invoice" has:file')
  const results = page.getByRole('list', { name: 'Messages found' })
  await expect(results.getByRole('listitem')).toHaveCount(1)
  await expect(results.locator('mark')).toHaveText(['quarterly invoice'])
  await expect(results).toContainText('<b>late</b>')
  await results.getByRole('link').click()
  await expect(page).toHaveURL(new RegExp(`message=${MESSAGE}`))
  await expect(page.getByText('The quarterly invoice is')).toBeInViewport()
})

test('a search that can not be understood is refused, and the text stays', async ({
  app,
  page,
}) => {
  await page.goto(`${app.url}/search?q=before:yesterday`)
  await expect(page.getByText('“before:” needs a day, such as before:2026-03-31.')).toBeVisible()
  await expect(page.getByRole('searchbox')).toHaveValue('before:yesterday')
})
