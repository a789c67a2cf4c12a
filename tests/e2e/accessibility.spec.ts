import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { sendTraffic } from '@/lib/cli/send-traffic'
import { PROJECT_ROOT } from '@/lib/runtime/project-files'
import { generateTraffic } from '@/lib/samples/generate-traffic'
import type { App } from './support/app'
import { expectNoViolations } from './support/expect-no-violations'
import { startFileServer, type FileServer } from './support/file-server'
import { insertCheck } from './support/insert-check'
import { insertDryRun } from './support/insert-dry-run'
import { sendPartnerships } from './support/partnerships'
import { createDestination, redeliver } from './support/redelivery'
import { COMPANY, sendMessage, START } from './support/send-message'
import { signIn } from './support/sign-in'
import { expect, test } from './support/test'
import { untilKeysWork } from './support/until-keys-work'

const WIDTHS = { desktop: 1280, phone: 390 }
// What depends on the theme does not depend on the width: two views see what four would.
const VIEWS = [
  { theme: 'light', device: 'desktop' },
  { theme: 'dark', device: 'phone' },
] as const

const CHECK = '00000000-0000-4000-8000-00000000c4ec'

// A page with a record in its address is reached through the first link to one in its list; what begins with
// "&" is added to that address.
const PAGES: Record<string, string[]> = {
  '/': [],
  '/attachments': ['/attachments?q=nothing-like-it'],
  '/contacts': ['/contacts?q=nothing-like-it', '/contacts?after=nowhere'],
  '/contacts/[uuid]': ['/contacts/nobody'],
  '/custom-fields': ['/custom-fields?q=nothing-like-it', '/custom-fields?after=nowhere'],
  '/custom-fields/[uuid]': ['/custom-fields/none'],
  '/destinations': [],
  '/destinations/[id]': ['/destinations/none'],
  '/destinations/new': [],
  '/duplicates': [
    '/duplicates?company=company_twice',
    '/duplicates?company=company_twice&group=twice.example',
    '/duplicates?company=nobody',
    '/duplicates?after=nowhere',
  ],
  '/events': ['/events?status=failed', '/events?status=nonsense'],
  '/events/[id]': ['/events/none'],
  '/events/rejections': ['/events/rejections?within=30d', '/events/rejections?type=x'],
  '/partnerships': [
    '/partnerships?q=nothing-like-it',
    '/partnerships?q=twice.exmple',
    '/partnerships?after=nowhere',
  ],
  '/partnerships/[uuid]': ['&tab=activity', '&tab=as-of', '&asOf=none', '/partnerships/none'],
  '/redeliveries': ['/redeliveries?after=nowhere'],
  '/redeliveries/[id]': ['&state=dead', '&state=nonsense', '/redeliveries/none'],
  '/redeliveries/[id]/[event]': [],
  '/redeliveries/dead': ['/redeliveries/dead?destination=none', '/redeliveries/dead?after=nowhere'],
  '/redeliveries/new': ['/redeliveries/new?type=deal_created', '/redeliveries/new?tpye=x'],
  '/replays': ['/replays?after=nowhere'],
  '/replays/[id]': ['/replays/none', `/replays/${CHECK}`],
  '/replays/new': ['/replays/new?type=partner_created', '/replays/new?typ=none'],
  '/rooms': ['/rooms?q=nothing-like-it', '/rooms?files=maybe'],
  '/rooms/[uuid]': ['/rooms/none'],
  '/rooms/[uuid]/history/[message]': ['/rooms/none/history/none'],
  '/search': ['/search?q=the', '/search?q=nothing-like-it', '/search?q=before:yesterday'],
  '/settings': [],
}

let receiver: FileServer

test.use({ expectedConsoleErrors: [/404 \(Not Found\)/] })

test.beforeAll(async ({ app, browser }) => {
  test.setTimeout(180_000)
  const { counts } = await sendTraffic(
    generateTraffic({ seed: 11, partnerships: 12, messages: 80, now: Date.now(), nasty: true }),
    {
      url: new URL(app.webhookUrl),
      secret: await app.secret(),
      concurrency: 4,
      signal: AbortSignal.timeout(60_000),
      onProgress: () => undefined,
    },
  )
  expect(counts.error).toBe(0)
  const edited = { uuid: 'edited', room_uuid: 'room_edited', updated_at: START + 1_000 }
  await sendMessage(app, 'message_created', { ...edited, updated_at: START })
  await sendMessage(app, 'message_updated', { ...edited, content: 'Hello again' })
  await sendPartnerships(
    app,
    'company_twice',
    ['One', 'Two'].map((company_name) => ({
      uuid: `twice_${company_name}`,
      company_name,
      company_domain: 'twice.example',
    })),
    [
      {
        id: 'partner_integration_settings',
        selected: [{ id: 'unique_field_partner', value: 'company_domain' }],
      },
    ],
  )
  receiver = await startFileServer((_request, response) => response.writeHead(422).end('<b>no</b>'))
  const page = await browser.newPage()
  await signIn(page, app)
  await createDestination(page, app, receiver.url)
  await redeliver(page, app, 'type=message_updated')
  await expect(page.getByText('Dead').first()).toBeVisible({ timeout: 60_000 })
  await page.close()
  await insertCheck(app, CHECK)
  await insertDryRun(app, 'ann@waggle.test')
})

test.afterAll(() => receiver.close())

test('every page of the build is looked at here', async () => {
  const manifest = path.join(PROJECT_ROOT, '.next/app-path-routes-manifest.json')
  const routes = JSON.parse(await readFile(manifest, 'utf8')) as Record<string, string>
  const pages = Object.entries(routes)
    .filter(([file, route]) => file.endsWith('/page') && !route.startsWith('/_'))
    .map(([, route]) => route)
  expect(pages.sort()).toEqual([...Object.keys(PAGES), '/login'].sort())
})

for (const [route, variants] of Object.entries(PAGES)) {
  test(`${route} has no violations, light on a desktop and dark on a phone`, async ({
    app,
    page,
  }) => {
    test.slow()
    await signIn(page, app)
    const address = route.includes('[') ? await firstRecordOf(page, app, route) : route
    await check(page, app, address)
    for (const each of variants) {
      await check(page, app, each.startsWith('&') ? withParam(address, each) : each)
    }
  })
}

test('/login has no violations, light on a desktop and dark on a phone', async ({ app, page }) => {
  await check(page, app, '/login')
})

test('the palette, the key help and the drawer have no violations', async ({ app, page }) => {
  await signIn(page, app)
  await page.goto(`${app.url}/settings`)
  for (const { theme } of VIEWS) {
    await page.emulateMedia({ colorScheme: theme })
    await page.setViewportSize({ width: WIDTHS.desktop, height: 844 })
    await page.getByRole('button', { name: 'Search…' }).click()
    await expect(page.getByRole('dialog', { name: 'Search and commands' })).toBeVisible()
    await expectNoViolations(page, `palette, ${theme}`)
    await page.getByRole('combobox').fill('the')
    await expect(page.getByRole('status').getByText(/\d+ found/)).toBeAttached()
    await expectNoViolations(page, `what the palette found, ${theme}`)
    await page.keyboard.press('Escape')
    await page.keyboard.press('?')
    await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
    await expectNoViolations(page, `key help, ${theme}`)
    await page.keyboard.press('Escape')
    await page.setViewportSize({ width: WIDTHS.phone, height: 844 })
    await page.getByRole('button', { name: 'Open the menu' }).click()
    await expect(page.getByRole('dialog', { name: 'Menu' })).toBeVisible()
    await expectNoViolations(page, `drawer, ${theme}`)
    await page.keyboard.press('Escape')
  }
})

test('everything is reached by keyboard: skip link, palette, a search, a page', async ({
  app,
  page,
}) => {
  await signIn(page, app)
  await page.goto(`${app.url}/settings`)
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('main')).toBeFocused()

  await untilKeysWork(page)
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill('trainings')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(`${app.url}/partnerships?q=trainings`)

  const search = page.getByRole('searchbox', { name: 'Search custom fields by label' })
  await expect(async () => {
    // A page that is busy when the first key comes may take too long to the second.
    await page.keyboard.press('g')
    await page.keyboard.press('f')
    await expect(search).toBeVisible({ timeout: 5_000 })
  }).toPass()
  await expect(async () => {
    await page.keyboard.press('/')
    await expect(search).toBeFocused({ timeout: 500 })
  }).toPass()
  await page.keyboard.type('trainings')
  await expect(page).toHaveURL(`${app.url}/custom-fields?q=trainings`)
})

async function firstRecordOf(page: Page, app: App, route: string): Promise<string> {
  if (route === '/redeliveries/[id]/[event]') {
    const run = await firstRecordOf(page, app, '/redeliveries/[id]')
    await page.goto(app.url + run)
    return (await page
      .getByRole('main')
      .locator(`a[href^="${run}/"]`)
      .first()
      .getAttribute('href'))!
  }
  const isOfEdits = route.includes('/history/')
  const list = isOfEdits
    ? `/rooms/room_edited?company=${COMPANY}`
    : route.slice(0, route.indexOf('/['))
  const path = isOfEdits ? '/rooms/room_edited/history' : list
  const pages = ['/new', '/dead', '/rejections'].map((end) => `:not([href*="${end}"])`).join('')
  const link = page.getByRole('main').locator(`a[href^="${path}/"]${pages}`).first()
  // What was sent shows as soon as it is projected.
  await expect(async () => {
    await page.goto(app.url + list)
    await expect(link).toBeVisible({ timeout: 1_000 })
  }).toPass()
  return (await link.getAttribute('href'))!
}

function withParam(address: string, param: string): string {
  return address.includes('?') ? address + param : `${address}?${param.slice(1)}`
}

async function check(page: Page, app: App, address: string): Promise<void> {
  await page.emulateMedia({ colorScheme: VIEWS[0].theme })
  await page.goto(app.url + address)
  await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1)
  for (const { theme, device } of VIEWS) {
    await page.emulateMedia({ colorScheme: theme })
    await page.setViewportSize({ width: WIDTHS[device], height: 844 })
    await expect(page.locator('html')).toHaveClass(new RegExp(`\\b${theme}\\b`))
    await expectNoViolations(page, `${address}, ${theme}, ${device}`)
    const overflow = await page.evaluate(() => document.body.scrollWidth - window.innerWidth)
    expect(overflow, `${address} scrolls sideways, ${theme}, ${device}`).toBeLessThanOrEqual(0)
  }
}
