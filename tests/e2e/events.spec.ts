import { expectNoViolations } from './support/expect-no-violations'
import { signIn } from './support/sign-in'
import { expect, test } from './support/test'
import { untilTableWorks } from './support/until-keys-work'
import { postEvent, signToken } from './support/webhook'

// The tests build on each other: the log begins empty and nothing is ever deleted from it.
test.use({ appFor: 'the tests of events' })
test.describe.configure({ mode: 'serial' })

test('an empty Waggle says how to begin, and its samples arrive through the webhook', async ({
  page,
  app,
}) => {
  await signIn(page, app)
  await page.goto(app.url)
  await expect(page.getByText('Nothing has been received yet')).toBeVisible()
  await expect(page.getByRole('group', { name: 'Webhook address' })).toHaveText(app.webhookUrl)
  await expect(page.getByRole('group', { name: 'Sample command' })).toContainText('curl -sS')

  await page.getByRole('button', { name: 'Send sample events' }).click()
  const recent = page.getByRole('table', { name: 'Newest events' })
  await expect(recent.getByRole('row')).toHaveCount(9)
  await expect(page.getByText('Nothing has been received yet')).toBeHidden()
  await expect(page.getByText('Every stored event is in the pages')).toBeVisible()

  await page.getByText('Show as a table').click()
  const hours = page.getByRole('table', { name: /Events an hour over the last 24 hours/ })
  await expect(hours.getByRole('row')).toHaveCount(25)
})

test('an event is found, read and replayed, and its attempts show it', async ({ page, app }) => {
  await signIn(page, app)
  const token = await signToken({ secret: await app.secret() })
  const uuid = 'partnership_to_replay'
  const body = { partnership: { uuid, company_name: 'Meadow Software' }, configuration: [] }
  expect((await postEvent(app.webhookUrl, token, body)).status).toBe(200)

  await page.goto(`${app.url}/events`)
  await page.getByRole('searchbox', { name: 'Search events' }).fill(uuid)
  await expect(page).toHaveURL(/q=partnership_to_replay/)
  const rows = page.getByRole('table', { name: 'Events, newest first' }).locator('tbody tr')
  await expect(rows).toHaveCount(1)
  await rows.getByRole('link', { name: 'partner_created' }).click()

  await expect(page.getByRole('heading', { level: 1 })).toHaveText('partner_created')
  await expect(page.getByRole('group', { name: 'Body, laid out' })).toContainText(
    '"company_name": "Meadow Software"',
  )
  await expect(page.getByRole('group', { name: 'Claims' })).toContainText('"[redacted]"')
  await page.getByRole('link', { name: 'Raw' }).click()
  await expect(page.getByRole('group', { name: 'Body, as stored' })).toHaveText(
    JSON.stringify(body),
  )

  const attempts = page.getByRole('table', { name: 'Attempts, newest first' }).locator('tbody tr')
  await expect(attempts).toHaveCount(1)
  await expect(attempts.first()).toContainText('On arrival')

  await page.getByRole('button', { name: 'Replay' }).click()
  const dialog = page.getByRole('dialog', { name: 'Replay this event?' })
  await expect(dialog).toContainText('Newer state wins')
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(attempts).toHaveCount(1)

  await page.getByRole('button', { name: 'Replay' }).click()
  await dialog.getByRole('button', { name: 'Replay' }).click()
  await expect(page.getByText('Replayed: the event was applied.')).toBeVisible()
  await expect(attempts).toHaveCount(2)
  await expect(attempts.first()).toContainText('Replay')
  await expect(attempts.first()).toContainText((await app.settings()).ADMIN_EMAIL!)
})

test('the body can be downloaded exactly as it is stored', async ({ page, app }) => {
  await signIn(page, app)
  const token = await signToken({
    secret: await app.secret(),
    claims: { event_id: 'deal_created' },
  })
  const body = '{ "deal" : 12345678901234567890 }'
  const { id } = (await (await postEvent(app.webhookUrl, token, body)).json()) as { id: string }
  await page.goto(`${app.url}/events/${id}`)
  await expect(
    page.getByText('of a type that this version of Waggle does not project'),
  ).toBeVisible()
  const started = page.waitForEvent('download')
  await page.getByRole('link', { name: /^Download/ }).click()
  const download = await started
  expect(download.suggestedFilename()).toBe(`event-${id}.json`)
  const chunks: Buffer[] = []
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer)
  expect(Buffer.concat(chunks).toString()).toBe(body)
})

test('an event that does not fit its schema shows why, on its page and on the overview', async ({
  page,
  app,
}) => {
  await signIn(page, app)
  const token = await signToken({ secret: await app.secret() })
  await postEvent(app.webhookUrl, token, { partnership: { uuid: 'p', company_name: 5 } })
  const message = 'partnership.company_name: Invalid input: expected string, received number'

  await page.goto(app.url)
  const failures = page.getByRole('table', { name: 'Newest failures' })
  await expect(failures).toContainText(message)
  await failures.getByRole('link', { name: 'partner_created' }).first().click()
  await expect(page.getByText(message).first()).toBeVisible()
  await expect(page.getByText('Authentic and stored, but its body does not fit')).toBeVisible()
})

test('a delivery with a wrong secret shows among the rejections, with what to look at', async ({
  page,
  app,
}) => {
  await signIn(page, app)
  const token = await signToken({ secret: 'another secret than that' })
  expect((await postEvent(app.webhookUrl, token, {})).status).toBe(401)
  await page.goto(app.url)
  // Counted in memory first and written every few seconds; the page refreshes itself.
  await expect(page.getByText('Signed with another secret')).toBeVisible({ timeout: 15_000 })
  await expect(page.getByText(/Compare the Integration UUID/)).toBeVisible()
})

test('an address with a filter that does not exist is refused visibly', async ({ page, app }) => {
  await signIn(page, app)
  await page.goto(`${app.url}/events?status=lost`)
  await expect(page.getByRole('alert').getByText('There is no status “lost”')).toBeVisible()
  await page.getByRole('link', { name: 'All events' }).click()
  await expect(page.getByRole('table', { name: 'Events, newest first' })).toBeVisible()
})

test('a way of showing a body that does not exist is refused visibly', async ({ page, app }) => {
  await signIn(page, app)
  await page.goto(`${app.url}/events`)
  await page.getByRole('table', { name: 'Events, newest first' }).getByRole('link').first().click()
  await expect(page).toHaveURL(/\/events\/[0-9a-f-]{36}$/)
  await page.goto(`${page.url()}?body=anything`)
  await expect(page.getByRole('alert').getByText('“body” can be pretty, raw')).toBeVisible()
  await page.getByRole('link', { name: 'This event' }).click()
  await expect(page.getByText('Claims of its token')).toBeVisible()
})

test('several filters narrow the list at once, stay in the address, and each can be taken away', async ({
  page,
  app,
}) => {
  await signIn(page, app)
  await page.goto(`${app.url}/events`)
  await page.getByRole('button', { name: 'Filter' }).click()
  const panel = page.getByRole('dialog', { name: 'Filter events' })
  await panel.getByRole('checkbox', { name: 'Applied' }).check()
  await panel.getByRole('checkbox', { name: 'partner_created' }).check()
  await panel.getByRole('textbox', { name: 'Body contains' }).fill('meadow software')
  await panel.getByRole('button', { name: 'Show events' }).click()
  await expect(page).toHaveURL(/\?type=partner_created&status=applied&text=meadow\+software$/)
  const rows = page.getByRole('table', { name: 'Events, newest first' }).locator('tbody tr')
  await expect(rows.first()).toBeVisible()
  const found = await rows.count()
  await page.reload()
  const chips = page.getByRole('list', { name: 'Filters' })
  await expect(chips.getByRole('listitem')).toHaveCount(4)
  await expect(rows).toHaveCount(found)
  await chips.getByRole('link', { name: 'Remove the filter Body contains meadow software' }).click()
  await expect(page).toHaveURL(/\?type=partner_created&status=applied$/)

  await page.getByRole('combobox', { name: 'Time' }).selectOption('Last hour')
  await expect(page).toHaveURL(/&within=1h$/)
  await expect(page.getByText(/events? in the chosen time/)).toBeVisible()
  await chips.getByRole('link', { name: 'Clear all' }).click()
  await expect(page).toHaveURL(/\/events$/)
})

test('a drag over the chart chooses its time, and so does a row of its table', async ({
  page,
  app,
}) => {
  await signIn(page, app)
  await page.goto(`${app.url}/events?within=1h`)
  // Before the chart's scripts run a drag is lost.
  await expect(async () => {
    const box = (await page.getByTestId('event-chart').boundingBox())!
    await page.mouse.move(box.x + box.width * 0.25, box.y + 20)
    await page.mouse.down()
    await page.mouse.move(box.x + box.width * 0.75, box.y + 20)
    await page.mouse.up()
    await expect(page).toHaveURL(/\?from=[^&]+&to=[^&]+$/, { timeout: 5_000 })
  }).toPass()
  await expect(page.getByRole('combobox', { name: 'Time' })).toHaveValue('custom')

  await page.goto(`${app.url}/events?within=1h`)
  await page.getByText('Show as a table').click()
  const table = page.getByRole('table', { name: 'Events over time' })
  await table.getByRole('link').last().click()
  await expect(page).toHaveURL(/\?from=[^&]+&to=[^&]+$/)
})

test('events are selected with the keyboard and shown alone', async ({ page, app }) => {
  await signIn(page, app)
  await page.goto(`${app.url}/events`)
  const rows = page.getByRole('table', { name: 'Events, newest first' }).locator('tbody tr')
  await untilTableWorks(page)
  await page.keyboard.press('x')
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.keyboard.press('Shift+X')
  const bar = page.getByRole('toolbar', { name: 'Selection' })
  await expect(bar.getByText('3 events selected')).toBeVisible()
  await bar.getByRole('link', { name: 'Show only these' }).click()
  await expect(page).toHaveURL(/ids=/)
  await expect(rows).toHaveCount(3)
})

test('from a filtered list one steps from event to event under the same filter', async ({
  page,
  app,
}) => {
  await signIn(page, app)
  await page.goto(`${app.url}/events?type=message_created`)
  const rows = page.getByRole('table', { name: 'Events, newest first' }).locator('tbody tr')
  await rows.first().getByRole('link').first().click()
  const steps = page.getByRole('navigation', { name: 'Events of the list' })
  await expect(steps.getByRole('button', { name: 'Next event in the list' })).toBeDisabled()
  const first = page.url()
  await steps.getByRole('link', { name: 'Previous event in the list' }).click()
  await expect(page).not.toHaveURL(first)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('message_created')
  await page.getByRole('link', { name: 'Raw' }).click()
  await expect(page).toHaveURL(/type=message_created&body=raw$/)
  await steps.getByRole('link', { name: 'Next event in the list' }).click()
  await expect(page).toHaveURL(first)
})

test('rejections are told by reason over a chosen time, with what to do', async ({ page, app }) => {
  await signIn(page, app)
  await page.goto(`${app.url}/events`)
  await page.getByRole('link', { name: 'Rejections' }).click()
  const reasons = page.getByRole('table', { name: 'Rejected deliveries by reason' })
  await expect(reasons.getByText('Signed with another secret')).toBeVisible()
  await expectNoViolations(page, 'rejections')
  await page.goto(`${app.url}/events/rejections?to=2026-01-01`)
  await expect(page.getByText('Nothing was turned away')).toBeVisible()
  await page.goto(`${app.url}/events/rejections?type=message_created`)
  await expect(page.getByRole('alert').getByText('Rejections can’t be filtered')).toBeVisible()
})

test('a new event appears on the open overview by itself, unless updates are paused', async ({
  page,
  app,
}) => {
  await page.clock.install()
  let asked = 0
  page.on('request', (request) => {
    if (request.url().endsWith('/api/health')) asked++
  })
  await signIn(page, app)
  await page.goto(app.url)
  const token = await signToken({ secret: await app.secret() })
  const recent = page.getByRole('region', { name: 'Last events' })
  await expect(recent).toBeVisible()
  const partnership = { uuid: 'partnership_live' }
  await postEvent(app.webhookUrl, token, { partnership, configuration: [] })
  await expect(recent.getByText('partnership_live')).toBeVisible()
  expect(asked).toBeGreaterThan(0)

  const live = page.getByRole('button', { name: 'Live updates' })
  await live.click()
  await expect(live).toHaveAttribute('aria-pressed', 'false')
  const askedBefore = asked
  await page.clock.runFor(60_000)
  expect(asked).toBe(askedBefore)
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the overview, the list and an event have no accessibility fault in ${colorScheme}`, async ({
    page,
    app,
  }) => {
    // The checker reads every element of three pages.
    test.slow()
    await page.emulateMedia({ colorScheme })
    await signIn(page, app)
    await page.goto(app.url)
    await expect(page.getByRole('region', { name: 'Last events' })).toBeVisible()
    await expectNoViolations(page, 'the overview')
    await page.goto(`${app.url}/events`)
    const rows = page.getByRole('table', { name: 'Events, newest first' }).locator('tbody tr')
    await expect(rows.first()).toBeVisible()
    await expectNoViolations(page, 'the list')
    await rows.first().locator('a').first().click()
    await expect(page.getByText('Claims of its token')).toBeVisible()
    await expectNoViolations(page, 'an event')
  })
}
