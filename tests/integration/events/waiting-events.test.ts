import { expect, test, vi } from 'vitest'
import { GET } from '@/app/api/waiting-events/route'
import { actingAs } from '@/lib/auth/current-user'
import { EVERY_EVENT } from '@/lib/event-filter/event-filter'
import { findLogEnd, newSince } from '@/lib/queries/count-waiting-events'
import { listEvents } from '@/lib/queries/list-events'
import { storeEvent } from '@/tests/support/store-event'

// Next's, outside of a request: a browser without cookies.
vi.mock('next/headers', () => ({ cookies: async () => new Map() }))

const user = { id: '00000000-0000-4000-8000-000000000001', email: 'admin@waggle.test' }

/** What a page asks that was drawn at that moment. */
async function drawn() {
  const end = await actingAs(user, findLogEnd)
  const page = await actingAs(user, () => listEvents(EVERY_EVENT, {}))
  const since = newSince(end, page)
  return (filter = '') => ask(`?since=${since}${filter}`)
}

async function ask(query: string) {
  const request = new Request(`http://waggle.test/api/waiting-events${query}`)
  const response = await actingAs(user, () => GET(request))
  return response.status === 200 ? response.json() : response.status
}

test('it is told how many events of the filter have come since a page was drawn', async () => {
  const empty = await drawn()
  expect(await empty()).toBe(204)
  await storeEvent({ eventType: 'message_created' })
  expect(await empty()).toEqual({ count: 1, isMore: false })

  const later = await drawn()
  expect(await later()).toBe(204)
  await storeEvent({ eventType: 'partner_created' })
  await storeEvent({ eventType: 'message_created' })
  expect(await later()).toEqual({ count: 2, isMore: false })
  expect(await later('&type=message_created')).toEqual({ count: 1, isMore: false })
  expect(await later('&type=message_created&within=1h')).toEqual({ count: 1, isMore: false })
  expect(await later('&status=failed')).toBe(204)
})

test('what came while the page was being drawn, and is on it, is not new', async () => {
  const end = await actingAs(user, findLogEnd)
  await storeEvent({ eventType: 'message_created' })
  const page = await actingAs(user, () => listEvents(EVERY_EVENT, {}))
  expect(await ask(`?since=${newSince(end, page)}`)).toBe(204)
})

test('what is on the page is not new, though it was received later than what was stored after it', async () => {
  const now = Date.now()
  await storeEvent({ receivedAt: new Date(now - 1_000) })
  await storeEvent({ receivedAt: new Date(now - 2_000) })
  const inTime = await drawn()
  expect(await inTime('&within=1h')).toBe(204)
  await storeEvent({ receivedAt: new Date(now) })
  expect(await inTime('&within=1h')).toEqual({ count: 1, isMore: false })
})

test('a flood is counted up to a hundred', async () => {
  const before = await drawn()
  for (let n = 0; n < 100; n++) await storeEvent()
  expect(await before()).toEqual({ count: 99, isMore: true })
})

test('what can’t be counted is refused, and nobody learns anything without signing in', async () => {
  expect(await ask('')).toBe(400)
  expect(await ask('?since=never')).toBe(400)
  const { seq } = await storeEvent()
  const since = newSince(
    { at: 0, seq: seq - 1n },
    {
      rows: [],
      nextCursor: null,
      previousCursor: null,
      searchedTo: null,
    },
  )
  expect(await ask(`?since=${since}&colour=red`)).toBe(400)
  const request = new Request(`http://waggle.test/api/waiting-events?since=${since}`)
  expect((await GET(request)).status).toBe(401)
})
