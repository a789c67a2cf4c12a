import { createHash } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { env } from '@/lib/env'
import { db } from '@/lib/db'
import { appendEvents } from '@/lib/event-log/append-events'
import type { NewEvent } from '@/lib/event-log/new-event'
import { deliver, partnershipBody, signToken } from '../support/deliver'

beforeEach(() => db().$executeRaw`TRUNCATE webhook_event, event_tally`)

const IAT = 1_790_000_000

function inOrder() {
  return db().webhookEvent.findMany({ orderBy: { seq: 'asc' } })
}

test('the same token with the same body is stored, flagged, linked, and acknowledged', async () => {
  const sent = { token: await signToken({ iat: IAT }), body: partnershipBody() }
  const first = await deliver(sent)
  const second = await deliver(sent)
  expect([second.status, second.answer.status]).toEqual([200, 'duplicate'])
  expect(second.answer.id).not.toBe(first.answer.id)

  const [original, repeated] = await inOrder()
  expect(original).toMatchObject({ id: first.answer.id, status: 'pending', duplicateOfId: null })
  expect(repeated).toMatchObject({
    id: second.answer.id,
    status: 'duplicate',
    duplicateOfId: first.answer.id,
    body: sent.body,
    dedupKey: null,
  })
})

test('of fifty at once, one is the event and forty-nine are its duplicates', async () => {
  const sent = { token: await signToken({ iat: IAT }), body: partnershipBody() }
  const answers = await Promise.all(Array.from({ length: 50 }, () => deliver(sent)))
  expect(answers.every(({ status }) => status === 200)).toBe(true)

  const rows = await inOrder()
  const original = rows.find((row) => row.status === 'pending')
  const duplicates = rows.filter((row) => row.status === 'duplicate')
  expect(duplicates).toHaveLength(49)
  expect(new Set(duplicates.map((row) => row.duplicateOfId))).toEqual(new Set([original?.id]))
  expect(new Set(answers.map(({ answer }) => answer.id))).toEqual(new Set(rows.map(({ id }) => id)))

  const tally = await db().eventTally.groupBy({
    by: ['status'],
    _sum: { count: true },
    orderBy: { status: 'asc' },
  })
  expect(tally).toEqual([
    { status: 'pending', _sum: { count: 1n } },
    { status: 'duplicate', _sum: { count: 49n } },
  ])
})

test('a field that goes from A to B and back to A is three events', async () => {
  for (const [second, name] of ['A', 'B', 'A'].entries()) {
    const token = await signToken({ iat: IAT + second })
    const { answer } = await deliver({ token, body: partnershipBody({ company_name: name }) })
    expect(answer.status).toBe('pending')
  }
  expect(await db().webhookEvent.count({ where: { status: 'pending' } })).toBe(3)
})

test('two bodies with the token of one second are two events', async () => {
  const token = await signToken({ iat: IAT })
  const one = await deliver({ token, body: partnershipBody({ company_name: 'A' }) })
  const two = await deliver({ token, body: partnershipBody({ company_name: 'B' }) })
  expect([one.answer.status, two.answer.status]).toEqual(['pending', 'pending'])
})

test('without an iat or a jti, equal deliveries are different events', async () => {
  const sent = { token: await signToken(), body: partnershipBody() }
  await deliver(sent)
  expect((await deliver(sent)).answer.status).toBe('pending')
})

test('with a jti, and no iat, equal deliveries are one event', async () => {
  const sent = { token: await signToken({ jti: 'delivery-1' }), body: partnershipBody() }
  await deliver(sent)
  expect((await deliver(sent)).answer.status).toBe('duplicate')
})

test('the hash of a body is that of the bytes received, redaction or not', async () => {
  const body = '{"api_key":"k1","partnership":{"uuid":"p"}}'
  await deliver({ token: await signToken({ iat: IAT }), body })
  await deliver({ token: await signToken({ iat: IAT }), body: body.replace('k1', 'k2') })
  const rows = await inOrder()
  expect(rows.map((row) => row.status)).toEqual(['pending', 'pending'])
  expect(Buffer.from(rows[0]?.bodyHash ?? [])).toEqual(createHash('sha256').update(body).digest())
})

test('writers that append the same events in opposite orders all end, with one original each', async () => {
  const events = ['a', 'b', 'c', 'd'].map(madeEvent)
  const rounds = Array.from({ length: 8 }, (_, n) =>
    appendEvents(n % 2 ? [...events].reverse() : events),
  )
  const appended = (await Promise.all(rounds)).flat()
  expect(appended.filter((event) => event.status === 'pending')).toHaveLength(4)
  const duplicates = await db().webhookEvent.findMany({ where: { status: 'duplicate' } })
  expect(duplicates).toHaveLength(28)
  const originals = await db().webhookEvent.findMany({ where: { status: 'pending' } })
  const typeOf = new Map(originals.map((row) => [row.id, row.body]))
  for (const row of duplicates) expect(typeOf.get(row.duplicateOfId ?? '')).toBe(row.body)
})

test('what is appended together keeps its order in the log', async () => {
  const bodies = Array.from({ length: 100 }, (_, n) => String(n))
  const appended = await appendEvents(bodies.map(madeEvent))
  const rows = await inOrder()
  expect(rows.map((row) => row.body)).toEqual(bodies)
  expect(rows.map((row) => row.id)).toEqual(appended.map((event) => event.id))
})

test('a pending event wakes the projector, a duplicate or an invalid one does not', async () => {
  const heard: string[] = []
  const { Client } = await import('pg')
  const listener = new Client({ connectionString: env().DATABASE_URL })
  await listener.connect()
  listener.on('notification', ({ channel }) => heard.push(channel))
  await listener.query('LISTEN waggle_pending')
  try {
    await appendEvents([{ ...madeEvent('x'), status: 'invalid' }])
    // Notifications arrive before the answer of a later query on the same connection.
    await listener.query('SELECT 1')
    expect(heard).toEqual([])
    await appendEvents([madeEvent('y')])
    await listener.query('SELECT 1')
    expect(heard).toEqual(['waggle_pending'])
    await appendEvents([madeEvent('y')])
    await listener.query('SELECT 1')
    expect(heard).toEqual(['waggle_pending'])
  } finally {
    await listener.end()
  }
})

function madeEvent(body: string): NewEvent {
  const digest = createHash('sha256').update(body).digest()
  return {
    eventType: 'partner_created',
    companyUuid: 'c',
    userUuid: 'u',
    partnershipUuid: null,
    contactUuid: null,
    messageUuid: null,
    roomUuid: null,
    body,
    claims: {},
    tokenHash: digest,
    bodyHash: digest,
    repeatable: true,
    tokenIat: null,
    secretFingerprint: 'f',
    bodySize: body.length,
    receivedAt: new Date(),
    status: 'pending',
    errorCode: null,
    errorMessage: null,
  }
}
