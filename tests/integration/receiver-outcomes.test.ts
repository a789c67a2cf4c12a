import { beforeEach, expect, test, vi } from 'vitest'
import * as route from '@/app/api/webhooks/journeybee/route'
import { db } from '@/lib/db'
import { flushRejections } from '@/lib/event-log/record-rejection'
import { CLAIMS, deliver, makeDelivery, partnershipBody, signToken } from '../support/deliver'

beforeEach(async () => {
  await db().$executeRaw`TRUNCATE webhook_event, event_tally`
  await flushRejections()
  await db().$executeRaw`TRUNCATE rejection`
})

const MESSAGE = {
  uuid: 'message_1',
  room_uuid: 'room_1',
  partnership_uuid: 'partnership_2',
  created_at: 1716214515227,
  updated_at: 1716214515227,
  content: 'Hello',
}

async function rejections() {
  await flushRejections()
  const rows = await db().rejection.findMany({ orderBy: { reason: 'asc' } })
  return rows.map((row) => `${row.reason} ${row.count}`)
}

test('an event that fits its schema is stored pending and acknowledged with its id', async () => {
  const token = await signToken({ iat: 1_790_000_000 })
  const body = partnershipBody()
  const { status, answer } = await deliver({ token, body })

  const stored = await db().webhookEvent.findFirstOrThrow()
  expect(status).toBe(200)
  expect(answer).toEqual({ id: stored.id, status: 'pending' })
  expect(stored).toMatchObject({
    eventType: 'partner_created',
    companyUuid: 'company_1',
    userUuid: 'user_1',
    partnershipUuid: 'partnership_1',
    contactUuid: null,
    messageUuid: null,
    roomUuid: null,
    body,
    bodySize: body.length,
    tokenIat: new Date(1_790_000_000_000),
    status: 'pending',
    errorCode: null,
    errorMessage: null,
    attempts: 0,
    duplicateOfId: null,
  })
  expect(stored.claims).toEqual({ ...CLAIMS, api_key: '[redacted]', iat: 1_790_000_000 })
  expect(stored.secretFingerprint).toMatch(/^[0-9a-f]{16}$/)
})

test.each([
  ['message_created', { message: MESSAGE }, { messageUuid: 'message_1', roomUuid: 'room_1' }],
  ['message_deleted', { message: { uuid: 'message_1' } }, { messageUuid: 'message_1' }],
  [
    'partner_contact_created',
    { partnership: { uuid: 'partnership_9' }, contact: { uuid: 'contact_1' } },
    { partnershipUuid: 'partnership_9', contactUuid: 'contact_1' },
  ],
  [
    'partner_contact_updated',
    { partner_contact: { email: 'Jo@Acme.test', partnership_uuid: 'partnership_8' } },
    { partnershipUuid: 'partnership_8', contactUuid: 'email:jo@acme.test' },
  ],
])('%s is stored under its subject', async (event_id, body, subject) => {
  const sent = await deliver({
    token: await signToken({ event_id }),
    body: JSON.stringify(body),
  })
  expect(sent.answer.status).toBe('pending')
  expect(await db().webhookEvent.findFirstOrThrow()).toMatchObject(subject)
})

test('an authentic event whose type is not known is stored as unsupported', async () => {
  const { status, answer } = await deliver({
    token: await signToken({ event_id: 'deal_created' }),
    body: '{"deal":{"uuid":"deal_1"},"partnership":{"uuid":"partnership_3"}}',
  })
  expect([status, answer.status]).toEqual([200, 'unsupported'])
  expect(await db().webhookEvent.findFirstOrThrow()).toMatchObject({
    eventType: 'deal_created',
    status: 'unsupported',
    partnershipUuid: 'partnership_3',
  })
})

test('an authentic event whose body does not fit its schema is stored as invalid and says why', async () => {
  const { status, answer } = await deliver({
    token: await signToken({ event_id: 'message_created' }),
    body: '{"message":{"uuid":"message_1","room_uuid":7}}',
  })
  expect([status, answer.status]).toEqual([200, 'invalid'])
  const stored = await db().webhookEvent.findFirstOrThrow()
  expect(stored).toMatchObject({
    status: 'invalid',
    errorCode: 'schema_mismatch',
    messageUuid: 'message_1',
    roomUuid: null,
  })
  expect(stored.errorMessage).toContain('message.room_uuid')
})

test('a body nested 10,000 levels deep is stored as invalid, byte for byte', async () => {
  const deep = `{"partnership":{"uuid":"p"},"x":${'['.repeat(10_000)}${']'.repeat(10_000)}}`
  const { status, answer } = await deliver({ token: await signToken(), body: deep })
  expect([status, answer.status]).toEqual([200, 'invalid'])
  const stored = await db().webhookEvent.findFirstOrThrow()
  expect(stored).toMatchObject({ errorCode: 'too_deep', body: deep, partnershipUuid: 'p' })
})

test('bodies that break databases are stored as received', async () => {
  const body = String.raw`{"partnership":{"uuid":"p\u0000q","company_name":"\ud800","n":1e400,"__proto__":{"x":1}},"__proto__":[]}`
  const { answer } = await deliver({ token: await signToken({ user_uuid: 'u\u0000' }), body })
  expect(answer.status).toBe('pending')
  expect(await db().webhookEvent.findFirstOrThrow()).toMatchObject({
    body,
    partnershipUuid: 'p\uFFFDq',
    userUuid: 'u\uFFFD',
  })
})

test('a byte order mark is dropped', async () => {
  const body = new TextEncoder().encode(`\uFEFF${partnershipBody()}`)
  const { answer } = await deliver({ token: await signToken(), body })
  expect(answer.status).toBe('pending')
  expect(await db().webhookEvent.findFirstOrThrow()).toMatchObject({
    body: partnershipBody(),
    bodySize: body.byteLength,
  })
})

const INVALID_UTF8 = new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])

test.each([
  ['an empty body', '', 'not_json'],
  ['text', 'hello', 'not_json'],
  ['half a body', '{"partnership":', 'not_json'],
  ['a list', '[]', 'not_object'],
  ['null', 'null', 'not_object'],
  ['bytes that are not UTF-8', INVALID_UTF8, 'not_utf8'],
])('%s is refused with 400 and counted', async (_, body, reason) => {
  const { status, answer } = await deliver({ token: await signToken(), body })
  expect([status, answer.error]).toEqual([400, reason])
  expect(answer.message).toEqual(expect.stringMatching(/\.$/))
  expect(await db().webhookEvent.count()).toBe(0)
  expect(await rejections()).toEqual([`${reason} 1`])
})

test.each([
  'application/json; charset=utf-8',
  'Application/JSON ; Charset="UTF-8"',
  'application/vnd.journeybee.v1+json',
])('the media type %s is accepted', async (type) => {
  const headers = { 'content-type': type }
  const { status } = await deliver({ token: await signToken(), body: partnershipBody(), headers })
  expect(status).toBe(200)
})

test.each([
  ['content-type', 'text/plain'],
  ['content-type', ''],
  ['content-type', 'application/json; charset=iso-8859-1'],
  ['content-type', 'application/jsonp'],
  ['content-encoding', 'gzip'],
])('a delivery with %s "%s" is refused with 415', async (name, value) => {
  const { status, answer } = await deliver({
    token: await signToken(),
    body: partnershipBody(),
    headers: { [name]: value },
  })
  expect([status, answer.error]).toEqual([415, 'unsupported_media_type'])
  expect(await db().webhookEvent.count()).toBe(0)
  expect(await rejections()).toEqual(['wrong_media_type 1'])
})

test('every other method is refused with 405 and told which one is allowed', async () => {
  const { GET, HEAD, OPTIONS, PUT, PATCH, DELETE } = route
  for (const handler of [GET, HEAD, OPTIONS, PUT, PATCH, DELETE]) {
    const response = handler()
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST'])
  }
  expect(await rejections()).toEqual(['wrong_method 6'])
})

const LIMIT = 1_048_576

test('a body of exactly the limit is stored, one byte more is refused with 413', async () => {
  const token = await signToken()
  const body = partnershipBody({ x: '' })
  const fits = body.replace('"x":""', `"x":"${'a'.repeat(LIMIT - body.length)}"`)
  expect((await deliver({ token, body: fits })).status).toBe(200)

  const { status, answer } = await deliver({ token, body: `${fits} ` })
  expect([status, answer.error]).toEqual([413, 'body_too_large'])
  expect(await db().webhookEvent.count()).toBe(1)
  expect(await rejections()).toEqual(['body_too_large 1'])
})

test('a body without an end is cut at the limit, whatever its declared length', async () => {
  let sent = 0
  const cancelled = vi.fn()
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent += 65_536
      controller.enqueue(new Uint8Array(65_536).fill(0x20))
    },
    cancel: cancelled,
  })
  const headers = { 'content-length': '100' }
  const { status } = await deliver({ token: await signToken(), body: endless, headers })
  expect(status).toBe(413)
  expect(sent).toBeLessThanOrEqual(LIMIT + 4 * 65_536)
  expect(cancelled).toHaveBeenCalledOnce()
})

test('a declared length over the limit is refused without reading', async () => {
  const pull = vi.fn()
  const body = new ReadableStream({ pull }, { highWaterMark: 0 })
  const headers = { 'content-length': String(LIMIT + 1) }
  const { status } = await deliver({ token: await signToken(), body, headers })
  expect(status).toBe(413)
  expect(pull).not.toHaveBeenCalled()
})

test('the token is checked before the body is read', async () => {
  const pull = vi.fn()
  const body = new ReadableStream({ pull }, { highWaterMark: 0 })
  const { status } = await deliver({ token: 'a.b.c', body })
  expect(status).toBe(401)
  expect(pull).not.toHaveBeenCalled()
})

test('a body that stops arriving is refused after ten seconds', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  try {
    const cancelled = vi.fn()
    let reading: () => void
    const isRead = new Promise<void>((resolve) => (reading = resolve))
    const stalled = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          controller.enqueue(new TextEncoder().encode('{"partnership":'))
          reading()
          return new Promise(() => {})
        },
        cancel: cancelled,
      },
      { highWaterMark: 0 },
    )
    const answered = deliver({ token: await signToken(), body: stalled })
    await isRead
    await vi.advanceTimersByTimeAsync(10_000)
    const { status, answer } = await answered
    expect([status, answer.error]).toEqual([408, 'body_too_slow'])
    expect(cancelled).toHaveBeenCalledOnce()
  } finally {
    vi.useRealTimers()
  }
  expect(await rejections()).toEqual(['body_too_slow 1'])
})

test('a connection that breaks amid the body leaves nothing behind', async () => {
  const broken = new ReadableStream<Uint8Array>({
    pull(controller) {
      controller.error(new Error('aborted'))
    },
  })
  const { status } = await deliver({ token: await signToken(), body: broken })
  expect(status).toBe(400)
  expect(await db().webhookEvent.count()).toBe(0)
  expect(await rejections()).toEqual(['body_incomplete 1'])
})

test('the hour is tallied, unknown types under one name', async () => {
  vi.setSystemTime(new Date('2026-11-22T10:20:30Z'))
  const types = ['partner_created', 'partner_created', 'lead_created', 'lead_note_created']
  await Promise.all(
    types.map(async (event_id) =>
      route.POST(makeDelivery({ token: await signToken({ event_id }), body: partnershipBody() })),
    ),
  )
  vi.useRealTimers()
  const tally = await db().eventTally.groupBy({
    by: ['hour', 'eventType', 'status'],
    _sum: { count: true },
    orderBy: { eventType: 'asc' },
  })
  const hour = new Date('2026-11-22T10:00:00Z')
  expect(tally).toEqual([
    { hour, eventType: 'other', status: 'unsupported', _sum: { count: 2n } },
    { hour, eventType: 'partner_created', status: 'pending', _sum: { count: 2n } },
  ])
})
