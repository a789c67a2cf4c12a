import { beforeAll, describe, expect, test, vi } from 'vitest'
import { actingAs } from '@/lib/auth/current-user'
import { db } from '@/lib/db'
import { InvalidAddressError, UnauthenticatedError } from '@/lib/errors'
import { EVERY_EVENT, type FixedEventFilter } from '@/lib/event-filter/event-filter'
import { encodeCursor, type PagePosition } from '@/lib/pagination'
import { listEvents } from '@/lib/queries/list-events'
import { storeEvent } from '@/tests/support/store-event'
import { rowsRead, scansOf, watchPlans, type WatchedQuery } from '@/tests/support/watch-plans'

// Next's, outside of a request: a browser without cookies.
vi.mock('next/headers', () => ({ cookies: async () => new Map() }))

const LONG_AGO = new Date('2001-01-01T00:00:00Z')

const user = { id: '00000000-0000-4000-8000-000000000001', email: 'admin@waggle.test' }

type Filter = Partial<FixedEventFilter>

function list(filter: Filter, position: PagePosition = {}) {
  return actingAs(user, () => listEvents({ ...EVERY_EVENT, ...filter }, position))
}

describe('the list of events', () => {
  const ids: Record<string, string> = {}

  beforeAll(async () => {
    const store = async (name: string, event: Parameters<typeof storeEvent>[0]) => {
      ids[name] = (await storeEvent(event)).id
    }
    await store('first', { partnershipUuid: 'partnership_a' })
    await store('failed', {
      partnershipUuid: 'partnership_a',
      status: 'failed',
      errorCode: 'storage',
      errorMessage: 'it did not fit',
    })
    await store('message', {
      eventType: 'message_created',
      partnershipUuid: 'partnership_b',
      messageUuid: 'message_a',
      roomUuid: 'room_a',
    })
    await store('elsewhere', { companyUuid: 'company_b', partnershipUuid: 'partnership_a' })
    await store('contact', { eventType: 'partner_contact_created', contactUuid: 'contact_a' })
    await store('unsupported', { eventType: 'deal_created', status: 'unsupported' })
    await store('pending', { eventType: 'message_created', status: 'pending', attempts: 0 })
  })

  async function names(filter: Filter) {
    const page = await list(filter)
    return page.rows.map((row) => Object.keys(ids).find((name) => ids[name] === row.id))
  }

  test('is newest first and tells each event without its body', async () => {
    const page = await list({})
    expect(page.rows).toHaveLength(7)
    expect(page.rows[5]).toEqual({
      seq: expect.stringMatching(/^\d+$/),
      id: ids.failed,
      eventType: 'partner_updated',
      status: 'failed',
      companyUuid: 'company_a',
      partnershipUuid: 'partnership_a',
      contactUuid: null,
      messageUuid: null,
      roomUuid: null,
      bodySize: 40,
      attempts: 1,
      errorCode: 'storage',
      errorMessage: 'it did not fit',
      receivedAt: expect.any(Date),
    })
    expect(await names({})).toEqual(Object.keys(ids).reverse())
  })

  test.each<[Filter, string[]]>([
    [{ types: ['message_created'] }, ['pending', 'message']],
    [{ types: ['never_seen'] }, []],
    [{ statuses: ['applied'] }, ['contact', 'elsewhere', 'message', 'first']],
    [{ statuses: ['pending'] }, ['pending']],
    [{ statuses: ['failed'] }, ['failed']],
    [{ statuses: ['duplicate'] }, []],
    [{ types: ['partner_updated'], statuses: ['failed'] }, ['failed']],
    [{ types: ['message_created'], statuses: ['failed'] }, []],
    [{ types: ['message_created', 'deal_created'] }, ['pending', 'unsupported', 'message']],
    [{ statuses: ['failed', 'pending'] }, ['pending', 'failed']],
    [{ duplicate: false, error: 'storage' }, ['failed']],
    [{ duplicate: true, error: 'storage' }, []],
    [{ statuses: ['failed'], duplicate: true }, []],
    [{ partnership: 'partnership_a' }, ['elsewhere', 'failed', 'first']],
    [{ partnership: 'partnership_a', company: 'company_b' }, ['elsewhere']],
    [{ company: 'company_b' }, ['elsewhere']],
    [{ room: 'room_a' }, ['message']],
    [{ room: 'room_a', partnership: 'partnership_a' }, []],
    [{ text: 'PARTNERSHIP_A', types: ['deal_created'] }, ['unsupported']],
    [{ from: LONG_AGO, types: ['deal_created'] }, ['unsupported']],
    [{ to: LONG_AGO }, []],
    [{ q: 'room_a' }, ['message']],
    [{ q: 'partnership_a' }, ['elsewhere', 'failed', 'first']],
    [{ q: 'contact_a' }, ['contact']],
    [{ q: 'message_a' }, ['message']],
    [{ q: 'partnership_a', statuses: ['failed'] }, ['failed']],
    [{ q: 'partnership_a', types: ['message_created'] }, []],
    [{ q: 'partnership' }, []],
    [{ q: "'; DROP TABLE webhook_event; --" }, []],
  ])('filtered by %o holds exactly those events', async (filters, expected) => {
    expect(await names(filters)).toEqual(expected)
  })

  test('finds an event by its id, in either case, and only if it fits the other filters', async () => {
    expect(await names({ q: ids.message })).toEqual(['message'])
    expect(await names({ q: ids.message?.toUpperCase() })).toEqual(['message'])
    expect(await names({ q: ids.message, statuses: ['failed'] })).toEqual([])
  })

  test.each<Filter>([
    {},
    { types: ['partner_updated'] },
    { statuses: ['applied'] },
    { types: ['partner_updated'], statuses: ['applied'] },
    { q: 'partnership_a' },
    { from: LONG_AGO },
    { from: LONG_AGO, statuses: ['applied'] },
    { from: LONG_AGO, partnership: 'partnership_a' },
    { text: 'partnership' },
    { company: 'company_a', duplicate: false },
  ])('filtered by %o shows every event once, page by page, there and back', async (filters) => {
    await actingAs(user, async () => {
      const all = (await listEvents({ ...EVERY_EVENT, ...filters }, {})).rows.map((row) => row.id)
      const there: string[][] = []
      let page = await listEvents({ ...EVERY_EVENT, ...filters }, {}, 2)
      expect(page.previousCursor).toBeNull()
      there.push(page.rows.map((row) => row.id))
      while (page.nextCursor) {
        page = await listEvents({ ...EVERY_EVENT, ...filters }, { after: page.nextCursor }, 2)
        there.push(page.rows.map((row) => row.id))
      }
      expect(there.flat()).toEqual(all)

      const back = [page.rows.map((row) => row.id)]
      while (page.previousCursor) {
        page = await listEvents({ ...EVERY_EVENT, ...filters }, { before: page.previousCursor }, 2)
        back.unshift(page.rows.map((row) => row.id))
      }
      expect(back).toEqual(there)
    })
  })

  test.each([
    'x',
    encodeCursor([1, 2]),
    encodeCursor(['5']),
    encodeCursor([-1, '5']),
    encodeCursor([1.5, '5']),
    encodeCursor(['1', '5']),
    encodeCursor([1, '-1']),
    encodeCursor([1, '1e3']),
    encodeCursor([1, '99999999999999999999']),
    encodeCursor([1, '9223372036854775808']),
  ])('refuses the cursor %s', async (after) => {
    await expect(list({}, { after })).rejects.toThrow(InvalidAddressError)
  })

  test('tells nothing to somebody who is not signed in', async () => {
    await expect(listEvents(EVERY_EVENT, {})).rejects.toThrow(UnauthenticatedError)
  })
})

describe('over a long log', () => {
  const ROWS = 30_000

  beforeAll(async () => {
    await db().$executeRaw`
      INSERT INTO webhook_event (id, event_type, company_uuid, user_uuid, partnership_uuid, room_uuid, body,
        claims, token_hash, body_hash, secret_fingerprint, body_size, received_at, status)
      SELECT gen_random_uuid(), CASE WHEN g % 10 = 0 THEN 'deal_created' ELSE 'partner_updated' END,
        'company_' || g % 5, 'user_a', 'partnership_' || g % 500,
        CASE WHEN g % 10 = 1 THEN 'room_' || g % 700 END, '{}', '{}', '', '', 'f', 2,
        timestamptz '2026-01-01T00:00:00Z' + g * interval '1 minute',
        (CASE WHEN g % 10 = 0 THEN 'unsupported' WHEN g = 7 THEN 'invalid' ELSE 'applied' END)::event_status
      FROM generate_series(1, ${ROWS}) g`
    await db().$executeRaw`ANALYZE webhook_event`
  })

  const day = { from: new Date('2026-01-10T00:00:00Z'), to: new Date('2026-01-11T00:00:00Z') }

  test.each<Filter>([
    {},
    { types: ['deal_created'] },
    { types: ['deal_created'], statuses: ['applied'] },
    { types: ['partner_updated'], statuses: ['unsupported'] },
    { types: ['partner_updated', 'deal_created'], statuses: ['invalid'] },
    { types: ['never_seen'] },
    { statuses: ['applied'] },
    { statuses: ['invalid'] },
    { statuses: ['pending'] },
    { room: 'room_77' },
    { partnership: 'partnership_77', types: ['partner_updated'] },
    { q: 'partnership_77' },
    { q: 'partnership_77', statuses: ['failed'] },
    { q: 'nothing' },
    { q: '00000000-0000-7000-8000-000000000000' },
    day,
    { to: day.to },
  ])('a page filtered by %o reads hundreds of rows, not the log', async (filter) => {
    for (const position of [{}, { after: encodeCursor([Date.UTC(2026, 0, 10, 12), '19000']) }]) {
      const plans = await watchPlans(() => list(filter, position))
      expect(read(plans)).toBeLessThan(2_000)
    }
  })

  test.each<Filter>([
    { company: 'nobody' },
    { text: 'nothing' },
    { types: ['partner_updated'], text: 'nothing' },
    { from: day.from, company: 'nobody' },
    { from: day.from, types: ['partner_updated'], company: 'nobody' },
  ])('what no index leads to, as %o, is looked for only so far', async (filter) => {
    const plans = await watchPlans(async () => {
      const page = await list(filter)
      expect(page.rows).toEqual([])
      expect(page.searchedTo).toBeInstanceOf(Date)
      expect(page.nextCursor).not.toBeNull()
    })
    // Each candidate, its row, and the same once more to tell how far the page has looked.
    expect(read(plans)).toBeLessThan(100_000)
  })

  test('a search that goes on from where each page stopped looks at every event and ends', async () => {
    const filter = { company: 'company_b' }
    let page = await list(filter)
    const found = page.rows.length
    const ways: (string | null)[] = []
    while (page.nextCursor) {
      ways.push(page.searchedTo && page.searchedTo.toISOString())
      page = await list(filter, { after: page.nextCursor })
    }
    expect(found).toBe(0)
    expect(page.rows.map((row) => row.partnershipUuid)).toEqual(['partnership_a'])
    expect(page.searchedTo).toBeNull()
    expect(ways.length).toBeGreaterThan(1)
    expect(ways).toEqual([...ways].sort().reverse())
  })

  function read(queries: WatchedQuery[]): number {
    return queries
      .filter(({ sql }) => sql.includes('webhook_event'))
      .flatMap(({ plan }) => scansOf(plan))
      .reduce((sum, scan) => sum + rowsRead(scan), 0)
  }
})
