import { createHash } from 'node:crypto'
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest'
import { GET as getHealth } from '@/app/api/health/route'
import { db, disconnectDb, storingDb } from '@/lib/db'
import type { NewEvent } from '@/lib/event-log/new-event'
import { flushRejections } from '@/lib/event-log/record-rejection'
import { storeEvent } from '@/lib/receiver/store-event'
import { startDatabaseProxy } from '../support/database-proxy'
import { deliver, partnershipBody, signToken } from '../support/deliver'

const proxy = await startDatabaseProxy()

beforeEach(async () => {
  await flushRejections()
  await db().$executeRaw`TRUNCATE webhook_event, rejection`
})

afterEach(() => {
  vi.useRealTimers()
})

afterAll(async () => {
  await disconnectDb()
  await proxy.close()
})

async function reasons() {
  await flushRejections()
  const rows = await db().rejection.findMany({ orderBy: { reason: 'asc' } })
  return Object.fromEntries(rows.map((row) => [row.reason, Number(row.count)]))
}

test('while the database is gone events are refused with 503, and taken again when it is back', async () => {
  const token = await signToken()
  await proxy.cut()
  const refused = await deliver({ token, body: partnershipBody() })
  expect(refused.status).toBe(503)
  expect(refused.headers.get('retry-after')).toBe('5')
  expect(refused.answer.error).toBe('unavailable')

  const health = await getHealth()
  expect(health.status).toBe(503)
  expect(await health.json()).toMatchObject({ status: 'unavailable', database: 'unavailable' })
  // The counts wait in memory until they can be written.
  await flushRejections()

  await proxy.restore()
  expect((await deliver({ token, body: partnershipBody() })).status).toBe(200)
  expect((await getHealth()).status).toBe(200)
  expect(await db().webhookEvent.count()).toBe(1)
  expect(await reasons()).toEqual({ database_unavailable: 1 })
})

test('a database that hangs is a 503 after five seconds, not a request that hangs', async () => {
  const token = await signToken()
  expect((await deliver({ token, body: partnershipBody() })).status).toBe(200)
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  proxy.hang()
  const reached = proxy.reached()
  const answered = deliver({ token, body: partnershipBody() })
  await reached
  await vi.advanceTimersByTimeAsync(5_000)
  const { status, headers } = await answered
  expect([status, headers.get('retry-after')]).toEqual([503, '5'])

  const reachedAgain = proxy.reached()
  const health = getHealth()
  await reachedAgain
  await vi.advanceTimersByTimeAsync(2_000)
  expect((await health).status).toBe(503)
  proxy.resume()
  vi.useRealTimers()
  expect((await deliver({ token, body: partnershipBody() })).status).toBe(200)
})

test('connections that hang for good are given up, and deliveries are stored on others', async () => {
  const ask = () => storingDb().$executeRaw`SELECT pg_sleep(0.1)`
  await Promise.all([ask(), ask(), ask()])
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  proxy.hang()
  const reached = proxy.reached()
  const lost = Promise.allSettled([ask(), ask(), ask()])
  await reached
  proxy.hangNoMore()
  await vi.advanceTimersByTimeAsync(10_000)
  expect((await lost).map(({ status }) => status)).toEqual(Array(3).fill('rejected'))
  vi.useRealTimers()
  expect((await deliver({ token: await signToken(), body: partnershipBody() })).status).toBe(200)
  proxy.resume()
})

test('when the queue is full events are refused at once; those that wait are stored in the end', async () => {
  const token = await signToken()
  const body = partnershipBody({ note: 'x'.repeat(1_000_000) })
  // Time stands still: nothing expires, however long a slow machine writes.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  proxy.hang()
  const reached = proxy.reached()
  const first = deliver({ token, body })
  await reached
  const others = Array.from({ length: 120 }, () => deliver({ token, body }))
  // Those that find no room are answered although nothing is written.
  const refused = await Promise.race(others.map(async (one) => isRefused(await one)))
  expect(refused).toBe(true)
  proxy.resume()

  const answers = await Promise.all([first, ...others])
  const stored = answers.filter(({ status }) => status === 200)
  const full = answers.filter(isRefused)
  expect(stored.length + full.length).toBe(121)
  expect(stored.length).toBeGreaterThan(90)
  expect(full.length).toBeGreaterThan(10)
  expect(await db().webhookEvent.count()).toBe(stored.length)
  expect(await reasons()).toEqual({ queue_full: full.length })
})

function isRefused({ status, headers }: Awaited<ReturnType<typeof deliver>>) {
  return status === 503 && headers.get('retry-after') === '5'
}

test('connections that break under load lose nothing that was acknowledged', async () => {
  const sent: ReturnType<typeof deliver>[] = []
  for (let n = 0; n < 300; n++) {
    const token = await signToken({ iat: 1_790_000_000 + n })
    sent.push(deliver({ token, body: partnershipBody({ uuid: `partnership_${n}` }) }))
    if (n === 100) await proxy.cut()
    if (n === 200) await proxy.restore()
  }
  const answers = await Promise.all(sent)
  const acknowledged = answers.filter(({ status }) => status === 200)
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 503]))

  const rows = await db().webhookEvent.findMany({ select: { id: true } })
  const stored = new Set(rows.map(({ id }) => id))
  for (const { answer } of acknowledged) expect(stored).toContain(answer.id)
})

test('an event that Postgres refuses fails alone; those beside it are stored', async () => {
  const events = ['a', 'b', 'nul\u0000', 'c'].map(madeEvent)
  const results = await Promise.allSettled(events.map((event) => storeEvent(event)))
  expect(results.map((result) => result.status)).toEqual([
    'fulfilled',
    'fulfilled',
    'rejected',
    'fulfilled',
  ])
  const rows = await db().webhookEvent.findMany({ orderBy: { seq: 'asc' } })
  expect(rows.map((row) => row.companyUuid)).toEqual(['a', 'b', 'c'])
})

function madeEvent(companyUuid: string): NewEvent {
  const digest = createHash('sha256').update(companyUuid).digest()
  return {
    eventType: 'partner_created',
    companyUuid,
    userUuid: 'u',
    partnershipUuid: null,
    contactUuid: null,
    messageUuid: null,
    roomUuid: null,
    body: '{}',
    claims: {},
    tokenHash: digest,
    bodyHash: digest,
    repeatable: true,
    tokenIat: null,
    secretFingerprint: 'f',
    bodySize: 2,
    receivedAt: new Date(),
    status: 'pending',
    errorCode: null,
    errorMessage: null,
  }
}
