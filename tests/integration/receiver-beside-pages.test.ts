import pg from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { browser } from '../support/browser-request'
import { GET as openStream } from '@/app/api/live/route'
import { db } from '@/lib/db'
import { env } from '@/lib/env'
import { flushRejections } from '@/lib/event-log/record-rejection'
import { deliver, partnershipBody, signToken } from '../support/deliver'

let observer: pg.Client
const pages: Promise<unknown>[] = []

beforeAll(async () => {
  observer = new pg.Client({ connectionString: env().DATABASE_URL })
  await observer.connect()
  const page = () => db().$transaction((tx) => tx.$queryRaw`SELECT pg_sleep(600)::text AS slept`)
  for (let n = 0; n < 10; n++) pages.push(page())
  await vi.waitFor(async () => expect(await countPages()).toBe(10), 20_000)
})

afterAll(async () => {
  const ended = Promise.allSettled(pages)
  await observer.query(`SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE ${IS_PAGE}`)
  await ended
  await observer.end()
})

const IS_PAGE = `datname = current_database() AND state = 'active' AND query LIKE 'SELECT pg_sleep%'`

async function countPages(): Promise<number> {
  const { rows } = await observer.query(`SELECT FROM pg_stat_activity WHERE ${IS_PAGE}`)
  return rows.length
}

async function stored(): Promise<string[]> {
  const { rows } = await observer.query<{ status: string }>(
    'SELECT status FROM webhook_event ORDER BY seq',
  )
  return rows.map(({ status }) => status)
}

test('deliveries are stored and counted while slow pages hold all connections, and a stream is told to come back', async () => {
  browser.jar.set('waggle_session', { value: 'x'.repeat(43) })
  // Nothing is left for it, which shows that the pages do hold them all.
  const stream = openStream(new Request('http://waggle.test/api/live'))

  const token = await signToken({ iat: 1_790_000_000 })
  const body = partnershipBody()
  const answers = [await deliver({ token, body }), await deliver({ token, body })]
  expect(answers.map(({ status }) => status)).toEqual([200, 200])
  expect(await stored()).toEqual(['pending', 'duplicate'])

  expect((await deliver({ body })).status).toBe(401)
  await flushRejections()
  const { rows } = await observer.query('SELECT reason, count FROM rejection')
  expect(rows).toEqual([{ reason: 'no_token', count: '1' }])

  const { status, headers } = await stream
  expect([status, headers.get('retry-after')]).toEqual([503, '5'])
  expect(await countPages()).toBe(10)
})
