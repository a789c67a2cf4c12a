import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { APIRequestContext, APIResponse } from '@playwright/test'
import { SESSION_COOKIE } from '@/lib/auth/request-names'
import { PROJECT_ROOT } from '@/lib/runtime/project-files'
import type { App } from './support/app'
import { queryDatabase } from './support/database'
import { startFileServer, type FileServer } from './support/file-server'
import { insertDryRun } from './support/insert-dry-run'
import { redeliveryAddresses } from './support/redelivery'
import { signIn, signInByForm } from './support/sign-in'
import { expect, test } from './support/test'
import { CLAIMS, postEvent, signToken } from './support/webhook'

/** In every name, text and value that is stored, and in no address. */
const CANARY = 'Kakapo'

// What anybody may ask for; even these never answer with data.
const OPEN = ['/login', '/api/health', '/api/webhooks/journeybee', '/icon.svg']
// Answers that do not end while the session lasts.
const STREAMS = ['/api/live']
const NEXT_OWN = ['/_not-found', '/_global-error']

const QUERY = `?company=${CLAIMS.company_uuid}`
const FILE_URL = 'set when its host has started'
const ADDRESSES: Record<string, string> = {
  '/api/facets/[list]': '/api/facets/partnerships?column=stage',
  '/partnerships/[uuid]': `/partnerships/partnership_closed${QUERY}`,
  '/contacts/[uuid]': `/contacts/contact_closed${QUERY}`,
  '/custom-fields/[uuid]': `/custom-fields/cf_closed${QUERY}`,
  '/rooms/[uuid]': `/rooms/room_closed${QUERY}`,
  '/search': '/search?q=hello',
  '/api/attachments/[uuid]': `/api/attachments/asset_closed${QUERY}&message=message_closed`,
  '/rooms/[uuid]/messages': `/rooms/room_closed/messages${QUERY}`,
  '/rooms/[uuid]/history/[message]': `/rooms/room_closed/history/message_closed${QUERY}`,
  '/api/palette': `/api/palette?q=${CANARY}`,
  '/api/waiting-events': `/api/waiting-events?since=${btoa('[0,"4611686018427387904"]')}`,
  '/api/export/[list]': '/api/export/partnerships?format=csv',
  '/rooms/[uuid]/messages/[message]': `/rooms/room_closed/messages/message_closed${QUERY}`,
}

const EVENTS: [string, object][] = [
  [
    'partner_created',
    {
      partnership: {
        uuid: 'partnership_closed',
        company_name: `${CANARY} Industries`,
        stage_label: `${CANARY} stage`,
        custom_fields: [
          { uuid: 'cf_closed', label: `${CANARY} plan`, type: 'text', value: { text: CANARY } },
        ],
      },
    },
  ],
  [
    'partner_contact_created',
    {
      partnership: { uuid: 'partnership_closed' },
      contact: { uuid: 'contact_closed', email: 'a@b.example', first_name: CANARY },
    },
  ],
  [
    'message_created',
    {
      message: {
        uuid: 'message_closed',
        room_uuid: 'room_closed',
        partnership_uuid: 'partnership_closed',
        content: `${CANARY} says hello`,
        created_at: 1_790_000_000_000,
        updated_at: 1_790_000_000_000,
        created_by_user_uuid: 'user_closed',
        created_by_user_first_name: CANARY,
        attachments: [
          {
            uuid: 'asset_closed',
            file_name: `${CANARY}.pdf`,
            file_size: 7,
            mime_type: 'text/plain',
            file_url: FILE_URL,
          },
        ],
      },
    },
  ],
]

// The one that a request without a cookie meets may be another guard than the one that a forged one does.
const STRANGERS: { name: string; headers: Record<string, string> }[] = [
  { name: 'nobody', headers: {} },
  { name: 'a forged session', headers: { cookie: `${SESSION_COOKIE}=${'x'.repeat(43)}` } },
]

const READS: { name: string; headers: Record<string, string> }[] = [
  { name: 'the page', headers: {} },
  { name: 'its server components', headers: { rsc: '1' } },
  { name: 'a prefetch', headers: { rsc: '1', 'next-router-prefetch': '1' } },
  {
    name: 'a prefetched segment',
    headers: { rsc: '1', 'next-router-prefetch': '1', 'next-router-segment-prefetch': '/_tree' },
  },
]
const WRITES = ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD']

let eventId: string
let secrets: string[]
let files: FileServer

test.beforeAll(async ({ app, browser }) => {
  files = await startFileServer((_request, response) => response.end(`${CANARY} in a file`))
  const secret = await app.secret()
  for (const [eventType, body] of EVENTS) {
    const token = await signToken({ secret, claims: { event_id: eventType } })
    const sent = JSON.stringify(body).replace(FILE_URL, files.url)
    const response = await postEvent(app.webhookUrl, token, sent)
    eventId = ((await response.json()) as { id: string }).id
  }
  await untilProjected(app)
  Object.assign(ADDRESSES, await redeliveryAddresses(browser, app, files.url, eventId))
  ADDRESSES['/replays/[id]'] = await insertDryRun(app, CANARY)
  secrets = [CANARY, (await app.settings()).ADMIN_EMAIL!]
})

test.afterAll(() => files.close())

test('the routes are those of the build, and each is either open or closed', async () => {
  const routes = await builtRoutes()
  expect(routes).toEqual(expect.arrayContaining(['/', '/partnerships/[uuid]', ...OPEN]))
  for (const route of routes) expect(() => addressOf(route)).not.toThrow()
})

test('signed in, every closed page shows something that is secret', async ({ page, app }) => {
  await signIn(page, app)
  for (const route of STREAMS) {
    expect((await page.request.head(app.url + route)).status(), route).toBe(200)
  }
  for (const route of (await closedRoutes()).filter((each) => !STREAMS.includes(each))) {
    const response = await page.request.get(app.url + addressOf(route))
    const text = await response.text()
    // Without this the tests below would hold for pages that are empty for everybody.
    if (response.status() === 200) expect(secretsIn(text), route).not.toEqual([])
    else expect(response.status(), route).toBeLessThan(400)
  }
})

for (const stranger of STRANGERS) {
  test(`${stranger.name} can read no route, in any form`, async ({ request, app }) => {
    const closed = await closedRoutes()
    for (const route of await builtRoutes()) {
      for (const read of READS) {
        const headers = { ...stranger.headers, ...read.headers }
        const response = await ask(request, 'GET', app.url + addressOf(route), headers)
        await expectNoData(response, `${read.name} of ${route}`)
        // A prefetch ends before the page: it may show the frame in which the page would load.
        if (closed.includes(route) && !read.headers['next-router-prefetch']) {
          await expectTurnedAway(response, `${read.name} of ${route}`)
        }
      }
    }
  })

  test(`${stranger.name} gets no data by any other method`, async ({ request, app }) => {
    const before = await state(app)
    for (const route of await builtRoutes()) {
      for (const method of WRITES) {
        const response = await ask(request, method, app.url + addressOf(route), stranger.headers)
        await expectNoData(response, `${method} ${route}`)
      }
    }
    expect(await state(app)).toEqual(before)
  })

  test(`${stranger.name} is refused by every server action`, async ({ request, app }) => {
    const before = await state(app)
    const actions = await builtActions()
    expect(actions.length).toBeGreaterThan(1)
    for (const { id, name, route } of actions) {
      const url = app.url + addressOf(route)
      const headers = { ...stranger.headers, origin: app.url }
      const called = await request.fetch(url, {
        method: 'POST',
        maxRedirects: 0,
        headers: { ...headers, 'next-action': id, 'content-type': 'text/plain;charset=UTF-8' },
        data: JSON.stringify([eventId]),
      })
      await expectNoData(called, `${name}, called on ${route}`)
      const posted = await request.fetch(url, {
        method: 'POST',
        maxRedirects: 0,
        headers,
        multipart: { [`$ACTION_ID_${id}`]: '', id: eventId, eventId },
      })
      await expectNoData(posted, `${name}, posted as a form on ${route}`)
    }
    expect(await state(app)).toEqual(before)
  })
}

test('a session that has been ended opens nothing any more', async ({ page, request, app }) => {
  await signInByForm(page, app)
  const [cookie] = (await page.context().cookies()).filter(({ name }) => name === SESSION_COOKIE)
  await page.getByRole('button', { name: 'Sign out' }).first().click()
  await expect(page).toHaveURL(/\/login/)
  const headers = { cookie: `${SESSION_COOKIE}=${cookie!.value}` }
  for (const route of await closedRoutes()) {
    const response = await ask(request, 'GET', app.url + addressOf(route), headers)
    await expectNoData(response, route)
    await expectTurnedAway(response, route)
  }
})

async function ask(
  request: APIRequestContext,
  method: string,
  url: string,
  headers: Record<string, string>,
): Promise<APIResponse> {
  const response = await request.fetch(url, { method, headers, maxRedirects: 0 })
  // Next wants a hash of these headers in the address of a request for server components, and tells it.
  const target = new URL(response.headers().location ?? '', url)
  if (!headers.rsc || target.pathname !== new URL(url).pathname) return response
  return request.fetch(target.href, { method, headers, maxRedirects: 0 })
}

async function expectNoData(response: APIResponse, what: string): Promise<void> {
  const text = (await response.text()) + JSON.stringify(response.headers())
  expect(secretsIn(text), `${what} answered with data`).toEqual([])
}

/** Sent to the sign-in, or refused outright. */
async function expectTurnedAway(response: APIResponse, what: string): Promise<void> {
  const status = response.status()
  if (status >= 400 && status < 500) return
  const target = response.headers().location ?? (await response.text())
  expect(target.includes('/login'), `${what} answered ${status} and led to the sign-in`).toBe(true)
}

function secretsIn(text: string): string[] {
  return secrets.filter((each) => text.includes(each))
}

function addressOf(route: string): string {
  if (route.startsWith('/events/[id]')) return route.replace('[id]', eventId)
  const address = ADDRESSES[route] ?? (route.includes('[') ? undefined : route)
  if (!address)
    throw new Error(`Give ${route} something to show, so that it is known to be closed.`)
  return address
}

async function builtRoutes(): Promise<string[]> {
  const routes = await readManifest<Record<string, string>>('app-path-routes-manifest.json')
  return Object.values(routes)
}

async function closedRoutes(): Promise<string[]> {
  return (await builtRoutes()).filter((each) => ![...OPEN, ...NEXT_OWN].includes(each))
}

type ServerActions = {
  node: Record<string, { exportedName: string; workers: Record<string, unknown> }>
}

/** Every server action on every page that has it. */
async function builtActions(): Promise<{ id: string; name: string; route: string }[]> {
  const routes = await readManifest<Record<string, string>>('app-path-routes-manifest.json')
  const { node } = await readManifest<ServerActions>('server/server-reference-manifest.json')
  return Object.entries(node).flatMap(([id, { exportedName, workers }]) =>
    Object.keys(workers).map((worker) => ({
      id,
      name: exportedName,
      route: routes[worker.replace(/^app/, '')]!,
    })),
  )
}

async function readManifest<T>(name: string): Promise<T> {
  return JSON.parse(await readFile(path.join(PROJECT_ROOT, '.next', name), 'utf8'))
}

/** What an action that was let through would have changed. */
async function state(app: App) {
  return queryDatabase(
    await app.databaseUrl(),
    `SELECT (SELECT count(*) FROM webhook_event) AS events,
            (SELECT count(*) FROM event_attempt) AS attempts,
            (SELECT sum(attempts) FROM webhook_event) AS projections,
            (SELECT count(*) FROM saved_view) AS views,
            (SELECT count(*) FROM destination) AS destinations,
            (SELECT count(*) FROM redelivery_run) AS runs,
            (SELECT count(*) FROM replay_run) AS replays,
            (SELECT count(*) FROM session) AS sessions`,
  )
}

async function untilProjected(app: App): Promise<void> {
  const url = await app.databaseUrl()
  const pending = () => queryDatabase(url, "SELECT FROM webhook_event WHERE status = 'pending'")
  await expect.poll(async () => (await pending()).length).toBe(0)
}
