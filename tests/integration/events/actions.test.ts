import type { Server } from 'node:http'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { replayEventAction } from '@/app/(dashboard)/events/[id]/replay-event-action'
import { sendSampleEvents } from '@/app/(dashboard)/send-sample-events'
import { actingAs } from '@/lib/auth/current-user'
import { db } from '@/lib/db'
import { drainPending } from '@/lib/projector/drain-pending'
import { getEvent } from '@/lib/queries/get-event'
import { listEventAttempts } from '@/lib/queries/list-event-attempts'
import { serveWebhook } from '@/tests/support/serve-webhook'
import { storeEvent } from '@/tests/support/store-event'

// Next's own, outside of a request: what the browser sent, and the page that it then asks for.
const browser = vi.hoisted(() => ({ headers: new Headers(), refreshed: 0 }))
vi.mock('next/headers', () => ({
  cookies: async () => new Map(),
  headers: async () => browser.headers,
}))
vi.mock('next/cache', () => ({ refresh: () => void browser.refreshed++ }))

const user = { id: '00000000-0000-4000-8000-000000000001', email: 'admin@waggle.test' }
const signedIn = <T>(work: () => Promise<T>) => actingAs(user, work)
const OWN = { host: 'waggle.test', origin: 'http://waggle.test' }
const FOREIGN = { host: 'waggle.test', origin: 'http://evil.test' }
const UNKNOWN = '00000000-0000-7000-8000-000000000000'

let server: Server
beforeAll(async () => {
  server = await serveWebhook()
})
afterAll(() => new Promise((resolve) => server.close(resolve)))

beforeEach(async () => {
  browser.headers = new Headers(OWN)
  browser.refreshed = 0
  await db().$executeRaw`TRUNCATE webhook_event, event_attempt, partnership`
})

const pending = {
  status: 'pending',
  attempts: 0,
  processedAt: null,
  projectorVersion: null,
} as const

describe('replaying an event', () => {
  test('applies it again and records who asked for it', async () => {
    const { id } = await storeEvent(pending)
    await drainPending()
    expect(await signedIn(() => replayEventAction(id))).toEqual({
      ok: true,
      message: 'Replayed: the event was applied.',
    })
    expect(browser.refreshed).toBe(1)
    const attempts = await signedIn(async () => listEventAttempts((await getEvent(id))!))
    expect(attempts.map(({ trigger, outcome, actor }) => ({ trigger, outcome, actor }))).toEqual([
      { trigger: 'replay', outcome: 'applied', actor: user.email },
      { trigger: 'arrival', outcome: 'applied', actor: null },
    ])
    expect(await db().partnership.count()).toBe(1)
  })

  test('tells why it could not be applied', async () => {
    const { id } = await storeEvent({ status: 'invalid', attempts: 0, body: '{}' })
    const result = await signedIn(() => replayEventAction(id))
    expect(result.ok).toBe(false)
    expect(result.message).toMatch(/does not fit the schema: partnership/)
    const unsupported = await storeEvent({ eventType: 'deal_created', status: 'unsupported' })
    expect((await signedIn(() => replayEventAction(unsupported.id))).message).toMatch(
      /not supported/,
    )
  })

  test.each([UNKNOWN, 'x'])('tells that there is no event %s', async (id) => {
    expect(await signedIn(() => replayEventAction(id))).toEqual({
      ok: false,
      message: 'There is no event with this id.',
    })
  })

  test('that takes too long is no success', async () => {
    vi.spyOn(AbortSignal, 'timeout').mockReturnValue(AbortSignal.abort())
    expect(await signedIn(sendSampleEvents)).toEqual({
      ok: false,
      message: 'Only 0 samples could be sent within 20 seconds.',
    })
  })

  test('is refused without a session and from another site, and then nothing happens', async () => {
    const { id } = await storeEvent(pending)
    expect(await replayEventAction(id)).toMatchObject({
      ok: false,
      message: 'Sign in to see this.',
    })
    browser.headers = new Headers(FOREIGN)
    expect(await signedIn(() => replayEventAction(id))).toMatchObject({ ok: false })
    browser.headers = new Headers({ host: 'waggle.test' })
    expect(await signedIn(() => replayEventAction(id))).toMatchObject({ ok: false })
    expect(await db().eventAttempt.count()).toBe(0)
    expect(await signedIn(() => getEvent(id))).toMatchObject({ status: 'pending', attempts: 0 })
  })
})

describe('sending samples', () => {
  test('stores signed events through the webhook, which the projector then applies', async () => {
    const result = await signedIn(sendSampleEvents)
    expect(result).toEqual({
      ok: true,
      message: expect.stringMatching(/^Sent \d+ sample events\.$/),
    })
    expect(browser.refreshed).toBe(1)
    const stored = await db().webhookEvent.count()
    expect(result.message).toContain(String(stored))
    await drainPending()
    expect(await db().webhookEvent.count({ where: { status: 'failed' } })).toBe(0)
    expect(await db().partnership.count()).toBeGreaterThan(0)
  })

  test('is refused without a session and from another site, and then nothing is sent', async () => {
    expect(await sendSampleEvents()).toMatchObject({ ok: false })
    browser.headers = new Headers(FOREIGN)
    expect(await signedIn(sendSampleEvents)).toMatchObject({ ok: false })
    expect(await db().webhookEvent.count()).toBe(0)
  })
})
