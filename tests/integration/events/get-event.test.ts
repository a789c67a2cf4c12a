import { beforeEach, describe, expect, test, vi } from 'vitest'
import { GET } from '@/app/(dashboard)/events/[id]/body/route'
import { actingAs } from '@/lib/auth/current-user'
import { db } from '@/lib/db'
import { UnauthenticatedError } from '@/lib/errors'
import { getEvent } from '@/lib/queries/get-event'
import { getEventBody } from '@/lib/queries/get-event-body'
import { listEventAttempts } from '@/lib/queries/list-event-attempts'
import { storeEvent } from '@/tests/support/store-event'

// Next's, outside of a request: a browser without cookies.
vi.mock('next/headers', () => ({ cookies: async () => new Map() }))

const user = { id: '00000000-0000-4000-8000-000000000001', email: 'admin@waggle.test' }
const signedIn = <T>(work: () => Promise<T>) => actingAs(user, work)
const UNKNOWN = '00000000-0000-7000-8000-000000000000'

beforeEach(() => db().$executeRaw`TRUNCATE webhook_event, event_attempt`)

describe('one event', () => {
  test('is told with everything about its delivery', async () => {
    const body = '{"partnership":{"uuid":"partnership_a"},"big":12345678901234567890}'
    const { id, seq } = await storeEvent({
      body,
      partnershipUuid: 'partnership_a',
      tokenHash: new Uint8Array(32).fill(0xab),
      tokenIat: new Date('2026-11-22T10:00:00Z'),
      receivedAt: new Date('2026-11-22T10:00:01Z'),
      processedAt: new Date('2026-11-22T10:00:02Z'),
    })
    expect(await signedIn(() => getEvent(id))).toMatchObject({
      id,
      seq: String(seq),
      status: 'applied',
      userUuid: 'user_a',
      claims: '{"api_key": "[redacted]", "company_uuid": "company_a"}',
      tokenHash: 'ab'.repeat(32),
      bodyHash: expect.stringMatching(/^[0-9a-f]{64}$/),
      tokenIat: new Date('2026-11-22T10:00:00Z'),
      receivedAt: new Date('2026-11-22T10:00:01Z'),
      processedAt: new Date('2026-11-22T10:00:02Z'),
      bodyStart: body,
      bodyIsWhole: true,
      previousId: null,
      nextId: null,
    })
  })

  test('shows the beginning of a long body, and the whole of it as a download', async () => {
    const body = JSON.stringify({ text: 'ä'.repeat(1_000_000) })
    const { id } = await storeEvent({ body })
    const event = await signedIn(() => getEvent(id))
    expect(event?.bodyIsWhole).toBe(false)
    expect(event?.bodyStart).toBe(body.slice(0, 200_000))
    expect(await signedIn(() => getEventBody(id))).toBe(body)
  })

  test('knows its neighbours of the same subject in the same company', async () => {
    const message = { messageUuid: 'message_a', partnershipUuid: 'partnership_a' }
    const before = await storeEvent(message)
    await storeEvent({ ...message, companyUuid: 'company_b' })
    await storeEvent({ partnershipUuid: 'partnership_a' })
    const { id } = await storeEvent(message)
    const after = await storeEvent(message)
    await storeEvent(message)
    expect(await signedIn(() => getEvent(id))).toMatchObject({
      previousId: before.id,
      nextId: after.id,
    })
  })

  test.each([UNKNOWN, 'x', '', "' OR true --", '../../etc'])('is not found as %j', async (id) => {
    await storeEvent()
    expect(await signedIn(() => getEvent(id))).toBeNull()
    expect(await signedIn(() => getEventBody(id))).toBeNull()
  })
})

describe('the attempts of an event', () => {
  const attemptsOf = (id: string) => signedIn(async () => listEventAttempts((await getEvent(id))!))

  test('are none before the projector has come to it', async () => {
    const { id } = await storeEvent({ status: 'pending', attempts: 0, processedAt: null })
    expect(await attemptsOf(id)).toEqual([])
  })

  test('hold the ordinary first success, which has no row of its own', async () => {
    const processedAt = new Date('2026-11-22T10:00:02Z')
    const { id } = await storeEvent({ processedAt, projectorVersion: 3 })
    expect(await attemptsOf(id)).toEqual([
      expect.objectContaining({
        trigger: 'arrival',
        outcome: 'applied',
        finishedAt: processedAt,
        projectorVersion: 3,
        actor: null,
      }),
    ])
  })

  test('are newest first, and after a replay the first success has no time any more', async () => {
    const { id, seq } = await storeEvent({ attempts: 2 })
    const finishedAt = new Date('2026-11-22T11:00:00Z')
    await db().eventAttempt.create({
      data: {
        eventSeq: seq,
        trigger: 'replay',
        outcome: 'failed',
        errorCode: 'storage',
        errorMessage: 'it did not fit',
        actor: user.email,
        projectorVersion: 4,
        startedAt: finishedAt,
        finishedAt,
      },
    })
    const attempts = await attemptsOf(id)
    expect(attempts.map(({ trigger, outcome }) => `${trigger} ${outcome}`)).toEqual([
      'replay failed',
      'arrival applied',
    ])
    expect(attempts[0]).toMatchObject({
      actor: user.email,
      errorMessage: 'it did not fit',
      finishedAt,
    })
    expect(attempts[1]).toMatchObject({ finishedAt: null, projectorVersion: null })
  })

  test('do not invent a success where the first one failed', async () => {
    const { id, seq } = await storeEvent({ status: 'failed', attempts: 1 })
    const now = new Date()
    await db().eventAttempt.create({
      data: {
        eventSeq: seq,
        trigger: 'arrival',
        outcome: 'failed',
        projectorVersion: 1,
        startedAt: now,
        finishedAt: now,
      },
    })
    expect((await attemptsOf(id)).map((attempt) => attempt.outcome)).toEqual(['failed'])
  })
})

describe('the download of a body', () => {
  const download = (id: string) =>
    GET(new Request(`http://localhost/events/${id}/body`), { params: Promise.resolve({ id }) })

  test('is the stored text, as a file that no browser runs', async () => {
    const body = '{"a":"<script>alert(1)</script>","b":"\\u0000"}'
    const { id } = await storeEvent({ body })
    const response = await signedIn(() => download(id))
    expect(response.status).toBe(200)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'content-disposition': `attachment; filename="event-${id}.json"`,
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
    })
    expect(await response.text()).toBe(body)
  })

  test('is 404 for an event that is not there and 401 without a session', async () => {
    const { id } = await storeEvent({ body: '{"private":true}' })
    expect((await signedIn(() => download(UNKNOWN))).status).toBe(404)
    const refused = await download(id)
    expect(refused.status).toBe(401)
    expect(await refused.text()).not.toContain('private')
  })
})

test('nothing of an event is told to somebody who is not signed in', async () => {
  const { id, seq } = await storeEvent()
  await expect(getEvent(id)).rejects.toThrow(UnauthenticatedError)
  await expect(getEventBody(id)).rejects.toThrow(UnauthenticatedError)
  await expect(
    listEventAttempts({ seq: String(seq), attempts: 1, processedAt: null, projectorVersion: 1 }),
  ).rejects.toThrow(UnauthenticatedError)
})
