import { readFile } from 'node:fs/promises'
import { request, type IncomingMessage } from 'node:http'
import path from 'node:path'
import type { APIRequestContext } from '@playwright/test'
import { PROJECT_ROOT } from '@/lib/runtime/project-files'
import messageEvents from '../fixtures/message-events.json' with { type: 'json' }
import partnerEvents from '../fixtures/partner-events.json' with { type: 'json' }
import type { App } from './support/app'
import { signIn } from './support/sign-in'
import { expect, test } from './support/test'
import { postEvent, signToken } from './support/webhook'

// The examples must stand on the first page of the lists.
test.use({ appFor: 'the examples' })

const { partnership } = partnerEvents
const { message } = messageEvents

const SHOWN_WITHIN_MS = 1_000

/** Posts an example of JourneyBee's documentation byte for byte. */
async function postExample(app: App, file: string, eventType: string): Promise<void> {
  const body = await readFile(path.join(PROJECT_ROOT, 'tests/fixtures', file), 'utf8')
  const token = await signToken({ secret: await app.secret(), claims: { event_id: eventType } })
  const response = await postEvent(app.webhookUrl, token, body)
  expect(response.status).toBe(200)
  expect(await response.json()).toMatchObject({ status: 'pending' })
}

/** Asks for a page until it contains a text. */
async function untilShown(request: APIRequestContext, url: string, text: string): Promise<void> {
  while (!(await (await request.get(url)).text()).includes(text));
}

test('the example of a partner event ends on the partnership page', async ({ page, app }) => {
  await signIn(page, app)
  await postExample(app, 'partner-events.json', 'partner_created')
  await untilShown(page.request, `${app.url}/partnerships`, partnership.company_name)

  await page.goto(`${app.url}/partnerships`)
  await page.getByRole('link', { name: partnership.company_name }).first().click()
  await expect(page.getByRole('heading', { name: partnership.company_name })).toBeVisible()
  for (const text of [
    partnership.company_domain,
    partnership.company_website,
    partnership.company_description,
    partnership.company_email,
    partnership.company_phone_number,
    partnership.country_label,
    partnership.industry_label,
    partnership.stage_label,
    partnership.category_label,
    partnership.tier_label,
    partnership.custom_fields[0]!.label,
  ]) {
    await expect(page.getByText(text).first(), text).toBeVisible()
  }
  await expect(page.getByText(/Jan(uary)? 15, 2024|15 Jan(uary)? 2024/).first()).toBeVisible()
})

test('the example of a message event ends in the room', async ({ page, app }) => {
  await signIn(page, app)
  await postExample(app, 'message-events.json', 'message_created')
  await untilShown(page.request, `${app.url}/rooms/${message.room_uuid}`, message.content)

  await page.goto(`${app.url}/rooms`)
  await page.locator(`a[href*="${message.room_uuid}"]`).first().click()
  const [attachment] = message.attachments
  for (const text of [
    message.content,
    `${message.created_by_user_first_name} ${message.created_by_user_last_name}`,
    message.created_by_user_company_name,
    attachment!.file_name,
    '1.05 MB',
  ]) {
    await expect(page.getByText(text).first(), text).toBeVisible()
  }
  await expect(
    page.getByRole('button', { name: `${attachment!.file_name} (preview)` }).first(),
  ).toBeVisible()
})

test('an event shows on its page within a second of its 200', async ({ page, app }) => {
  await signIn(page, app)
  const secret = await app.secret()
  const took: number[] = []
  for (let number = 0; number < 5; number++) {
    const uuid = `partnership_prompt_${number}`
    const token = await signToken({ secret, claims: { number } })
    const body = { partnership: { uuid, company_name: `Prompt ${number} Ltd` } }
    expect((await postEvent(app.webhookUrl, token, body)).status).toBe(200)
    const acknowledgedAt = performance.now()
    await untilShown(page.request, `${app.url}/partnerships/${uuid}`, `Prompt ${number} Ltd`)
    took.push(performance.now() - acknowledgedAt)
  }
  // The median: the first one also loads the page's code.
  expect(took.toSorted((a, b) => a - b)[2]).toBeLessThan(SHOWN_WITHIN_MS)
})

for (const method of ['GET', 'PUT', 'OPTIONS', 'TRACE', 'PROPFIND']) {
  test(`the webhook answers ${method} with 405 and says what it allows`, async ({ app }) => {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      request(app.webhookUrl, { method }, resolve).on('error', reject).end()
    })
    response.resume()
    expect(response.statusCode).toBe(405)
    expect(response.headers.allow).toBe('POST')
  })
}

for (const path of ['/events/%ff', '/replays/%E0%A4%A', '/contacts/%', '/rooms/%c0%af']) {
  test(`the address ${path}, which is no text, is refused and not a fault`, async ({ app }) => {
    const response = await fetch(app.url + path, { headers: { cookie: 'waggle_session=none' } })
    expect(response.status).toBe(400)
    expect(await response.text()).toBe('This address can’t be read.')
  })
}

for (const name of ['__proto__', 'constructor', 'toString']) {
  test(`an address with a parameter called ${name} is refused, and not read without it`, async ({
    app,
  }) => {
    const response = await fetch(`${app.url}/events?${name}=x`)
    expect(response.status).toBe(400)
    expect(await response.text()).toBe(`No page knows “${name}”.`)
  })
}

for (const protocol of ['websocket', 'h2c']) {
  test(`a request that would rather speak ${protocol} is answered as any other`, async ({
    app,
  }) => {
    const headers = { connection: 'Upgrade', upgrade: protocol }
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      request(app.webhookUrl, { method: 'POST', headers }, resolve).on('error', reject).end('{}')
    })
    response.resume()
    expect(response.statusCode).toBe(401)
  })
}
