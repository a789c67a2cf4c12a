import jwt from 'jsonwebtoken'
import { sendTraffic } from '@/lib/cli/send-traffic'
import { generateTraffic } from '@/lib/samples/generate-traffic'
import { queryDatabase } from './support/database'
import { startReceiver, type Receiver } from './support/receiver'
import { createDestination, DESTINATION_SECRET, redeliver } from './support/redelivery'
import { signIn } from './support/sign-in'
import { expect, test } from './support/test'
import { postEvent, signToken } from './support/webhook'

// The tests build on each other: the log begins empty and nothing is ever deleted from it.
test.use({ appFor: 'the tests of redelivery' })
test.describe.configure({ mode: 'serial' })

let receiver: Receiver
let broken = false

test.beforeAll(async ({ app }) => {
  receiver = await startReceiver(() => (broken ? 422 : 200))
  await sendTraffic(
    generateTraffic({ seed: 3, partnerships: 20, messages: 200, now: Date.now(), nasty: false }),
    {
      url: new URL(app.webhookUrl),
      secret: await app.secret(),
      concurrency: 8,
      signal: AbortSignal.timeout(60_000),
      onProgress: () => undefined,
    },
  )
})

test.afterAll(() => receiver.close())

test('a destination is made, tested and edited, and its secret is never shown again', async ({
  page,
  app,
}) => {
  await signIn(page, app)
  await page.goto(`${app.url}/destinations`)
  await expect(page.getByText('There is no destination yet')).toBeVisible()
  await createDestination(page, app, receiver.url, { order: 'In parallel' })
  expect(await page.content()).not.toContain(DESTINATION_SECRET)
  await expect(page.getByLabel('Secret')).toHaveValue('')

  await page.getByRole('button', { name: 'Send a test event' }).click()
  await expect(page.getByText(/It answered 200: delivered\. \(/)).toBeVisible()
  const [test, ...others] = receiver.received
  expect(others).toEqual([])
  expect(verify(test!.headers.authorization)).toMatchObject({ event_id: 'waggle_test' })

  await page.getByLabel('Name').fill('Renamed')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Renamed' })).toBeVisible()
  await page.getByLabel('Name').fill('A receiver')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'A receiver' })).toBeVisible()
  // The stored secret has stayed.
  await page.getByRole('button', { name: 'Send a test event' }).click()
  await expect.poll(() => receiver.received.length).toBe(2)
  expect(() => verify(receiver.received[1]!.headers.authorization)).not.toThrow()
  receiver.received.length = 0
})

test('an address of the network within is refused on the form, and nothing that was typed is lost', async ({
  page,
  app,
}) => {
  await signIn(page, app)
  await page.goto(`${app.url}/destinations/new`)
  await page.getByLabel('Name').fill('Inner')
  await page.getByLabel('Address').fill('http://0xa.1/hook')
  await page.getByLabel('Secret').fill(DESTINATION_SECRET)
  await page.getByRole('button', { name: 'Create the destination' }).click()
  await expect(page.getByRole('alert').filter({ hasText: '10.0.0.1' })).toBeVisible()
  await expect(page.getByLabel('Name')).toHaveValue('Inner')
  await expect(page.getByLabel('Secret')).toHaveValue(DESTINATION_SECRET)
})

test('everything that matches arrives, and another library than ours verifies each token', async ({
  page,
  app,
}) => {
  await signIn(page, app)
  await redeliver(page, app, 'type=message_created')
  await expect(page.getByText('Finished')).toBeVisible({ timeout: 60_000 })
  const stored = await queryDatabase<{ id: string; body: string; claims: object }>(
    await app.databaseUrl(),
    "SELECT id::text, body, claims FROM webhook_event WHERE event_type = 'message_created'",
  )
  expect(stored.length).toBeGreaterThan(100)
  const got = new Map(receiver.received.map((each) => [each.headers['waggle-event-id'], each]))
  expect(receiver.received).toHaveLength(stored.length)
  for (const { id, body, claims } of stored) {
    expect(got.get(id)?.body, id).toBe(body)
    const { iat, exp, ...rest } = verify(got.get(id)!.headers.authorization)
    expect(exp! - iat!).toBe(3_600)
    expect(rest).toEqual(withoutRedacted(claims))
  }
})

test('what failed is on the list of the dead, says why, and is sent again by hand', async ({
  page,
  app,
}) => {
  await signIn(page, app)
  const token = await signToken({ secret: await app.secret() })
  const response = await postEvent(app.webhookUrl, token, { partnership: { uuid: 'p' } })
  const { id } = (await response.json()) as { id: string }
  receiver.received.length = 0
  broken = true
  await page.goto(`${app.url}/events/${id}`)
  await page.getByRole('link', { name: 'Redeliver…' }).click()
  await expect(page.getByText('Events now')).toBeVisible()
  await page.getByRole('button', { name: 'Redeliver' }).click()
  await expect(page.getByText('Finished')).toBeVisible({ timeout: 30_000 })

  await page.getByRole('link', { name: 'Dead' }).click()
  await page.getByRole('link', { name: 'partner_created' }).click()
  await expect(page.getByRole('group', { name: 'What it answered to attempt 1' })).toHaveText(
    '<i>noted</i>',
  )
  await page.goto(`${app.url}/events/${id}`)
  const deliveries = page.getByRole('table', { name: 'Redeliveries of this event, newest first' })
  await expect(deliveries.getByText('Dead')).toBeVisible()

  await page.goto(`${app.url}/redeliveries`)
  await page.getByRole('link', { name: 'Dead letters' }).click()
  const letters = page.getByRole('table', { name: 'Dead letters, the newest run first' })
  await expect(letters.getByText('partner_created')).toBeVisible()
  broken = false
  await letters.getByRole('button', { name: 'Send again' }).click()
  await expect(page.getByText('Nothing is dead')).toBeVisible()
  await page.goto(`${app.url}/events/${id}`)
  await expect(async () => {
    await page.reload()
    await expect(deliveries.getByText('Delivered')).toBeVisible({ timeout: 1_000 })
  }).toPass({ timeout: 30_000 })
  expect(receiver.received.map(({ headers }) => headers['waggle-attempt'])).toEqual(['1', '2'])
})

test('neither the secret nor a token is in what Waggle prints', async ({ app }) => {
  expect(app.output).not.toContain(DESTINATION_SECRET)
  for (const { headers } of receiver.received) {
    expect(app.output).not.toContain(headers.authorization!.slice('Bearer '.length))
  }
})

function verify(authorization: string | undefined): jwt.JwtPayload {
  const token = /^Bearer (\S+)$/.exec(authorization ?? '')![1]!
  return jwt.verify(token, DESTINATION_SECRET, { algorithms: ['HS256'] }) as jwt.JwtPayload
}

function withoutRedacted(claims: object): object {
  const kept = Object.entries(claims).filter(
    ([name, value]) => value !== '[redacted]' && !['iat', 'exp'].includes(name),
  )
  return Object.fromEntries(kept)
}
