import http from 'node:http'
import type { Page } from '@playwright/test'
import { fuse } from '@/lib/export/csv'
import { parseCsv } from '../support/parse-csv'
import type { App } from './support/app'
import { queryDatabase } from './support/database'
import { signIn } from './support/sign-in'
import { expect, test } from './support/test'

// The counts must be those of what is stored here.
test.use({ appFor: 'the tests of exports' })

const ROWS = 60_000
const NASTY = [
  '=cmd()',
  'a "quoted" one',
  'two\r\nlines',
  'שלום \u202egnp.exe',
  '__proto__',
  '+49 30',
  'x;=1',
  'long'.repeat(2_500),
]

test.beforeAll(async ({ app }) => {
  await queryDatabase(
    await app.databaseUrl(),
    `INSERT INTO partnership (company_uuid, uuid, company_name, sort_key, search_text,
       first_event_at, occurred_at, event_seq, projector_version)
     SELECT 'company_e', 'p' || n, name, left(name, 200), left(name, 200), now(), now(), n, 1
     FROM (
       SELECT n, coalesce(($1::text[])[n], 'Partner ' || n || ' ' || repeat('x', 300)) AS name
       FROM generate_series(1, ${ROWS}) n) named`,
    [NASTY],
  )
})

test.beforeEach(({ page, app }) => signIn(page, app))

/** A download as a program makes it, read as slowly as the caller likes. */
async function download(page: Page, app: App, address: string): Promise<http.IncomingMessage> {
  const cookies = await page.context().cookies(app.url)
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  return new Promise((resolve, reject) => {
    http.get(app.url + address, { headers: { cookie }, agent: false }, resolve).on('error', reject)
  })
}

/** The same once a place is free: that of an export that was broken off is given back a moment later. */
async function downloadOnceFree(page: Page, app: App, address: string) {
  let response = await download(page, app, address)
  await expect(async () => {
    if (response.statusCode === 503) {
      response.resume()
      response = await download(page, app, address)
    }
    expect(response.statusCode).toBe(200)
  }).toPass({ timeout: 30_000 })
  return response
}

async function textOf(response: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

// Between two of its reads, with its cursor open: what others begin and end meanwhile keeps no snapshot.
const IS_EXPORT = `state LIKE 'idle in transaction%' AND backend_xmin IS NOT NULL`

async function exportsUnderWay(app: App): Promise<number> {
  const [row] = await queryDatabase<{ count: number }>(
    await app.databaseUrl(),
    `SELECT count(*)::int AS count FROM pg_stat_activity
     WHERE datname = current_database() AND ${IS_EXPORT}`,
  )
  return row!.count
}

test('all rows of a view come, as the database has them', async ({ app, page }) => {
  const response = await download(
    page,
    app,
    '/api/export/partnerships?format=csv&columns=name,domain',
  )
  expect(response.statusCode).toBe(200)
  expect(response.headers['x-row-count']).toBe(String(ROWS))
  expect(response.headers['cache-control']).toBe('no-store')
  expect(response.headers['content-disposition']).toMatch(
    /^attachment; filename="waggle-partnerships-\d{4}-\d\d-\d\d\.csv"/,
  )
  const text = await textOf(response)
  const [head, ...rows] = parseCsv(text.replace(/^\ufeff/, ''))
  expect(head).toEqual(['Company', 'Domain'])
  const stored = await queryDatabase<{ company_name: string }>(
    await app.databaseUrl(),
    'SELECT company_name FROM partnership',
  )
  expect(rows.map((row) => fuse(row[0]!)).sort()).toEqual(
    stored.map(({ company_name }) => company_name).sort(),
  )
})

test('as JSON the count stands at the end', async ({ app, page }) => {
  const response = await download(page, app, '/api/export/partnerships?format=json&q=gnp')
  const file = JSON.parse(await textOf(response)) as { rows: { name: string }[]; count: number }
  expect(file.count).toBe(1)
  expect(file.rows.map(({ name }) => name)).toEqual([NASTY[3]])
})

test('a malformed view is refused once, with a reason', async ({ app, page }) => {
  for (const query of [
    '',
    'format=xls',
    'format=csv&format=csv',
    'format=csv&filter=nonsense',
    'format=csv&filter=nowhere~is~x',
    'format=csv&sort=nowhere',
    'format=csv&columns=name,name',
  ]) {
    const response = await download(page, app, `/api/export/partnerships?${query}`)
    expect(response.statusCode, query).toBe(400)
    expect((await textOf(response)).length, query).toBeGreaterThan(10)
  }
  const unknown = await download(page, app, '/api/export/secrets?format=csv')
  expect(unknown.statusCode).toBe(404)
})

test('a client that reads slowly or hangs up holds no more than a place', async ({ app, page }) => {
  const address = '/api/export/partnerships?format=csv'
  const slow = [
    await downloadOnceFree(page, app, address),
    await downloadOnceFree(page, app, address),
  ]
  const third = await download(page, app, address)
  expect(third.statusCode).toBe(503)
  expect(third.headers['retry-after']).toBe('15')
  third.resume()
  await expect.poll(() => exportsUnderWay(app)).toBe(2)

  for (const response of slow) response.destroy()
  await expect.poll(() => exportsUnderWay(app)).toBe(0)
  await textOf(await downloadOnceFree(page, app, `${address}&q=gnp`))
})

async function endExports(app: App): Promise<number> {
  const [row] = await queryDatabase<{ count: number }>(
    await app.databaseUrl(),
    `SELECT count(pg_terminate_backend(pid))::int AS count FROM pg_stat_activity
     WHERE datname = current_database() AND ${IS_EXPORT}`,
  )
  return row!.count
}

for (const format of ['csv', 'json']) {
  test(`a ${format} that can not be ended is cut off visibly`, async ({ app, page }) => {
    const address = `/api/export/partnerships?format=${format}`
    const response = await downloadOnceFree(page, app, address)
    // At times it is reading just then, and not idle.
    let ended = 0
    await expect.poll(async () => (ended += await endExports(app))).toBeGreaterThan(0)
    await expect(textOf(response)).rejects.toThrow('aborted')
  })
}
