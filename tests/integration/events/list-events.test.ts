import { beforeAll, describe, expect, test, vi } from 'vitest'
import { actingAs } from '@/lib/auth/current-user'
import { db, Prisma } from '@/lib/db'
import { InvalidAddressError, UnauthenticatedError } from '@/lib/errors'
import { encodeCursor } from '@/lib/pagination'
import type { EventFilters } from '@/lib/queries/event-filters'
import { eventsQuery } from '@/lib/queries/events-query'
import { listEvents } from '@/lib/queries/list-events'
import { storeEvent } from '@/tests/support/store-event'

// Next's, outside of a request: a browser without cookies.
vi.mock('next/headers', () => ({ cookies: async () => new Map() }))

const user = { id: '00000000-0000-4000-8000-000000000001', email: 'admin@waggle.test' }

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

  async function names(filters: EventFilters) {
    const page = await actingAs(user, () => listEvents(filters, {}))
    return page.rows.map((row) => Object.keys(ids).find((name) => ids[name] === row.id))
  }

  test('is newest first and tells each event without its body', async () => {
    const page = await actingAs(user, () => listEvents({}, {}))
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

  test.each<[EventFilters, string[]]>([
    [{ type: 'message_created' }, ['pending', 'message']],
    [{ type: 'never_seen' }, []],
    [{ status: 'applied' }, ['contact', 'elsewhere', 'message', 'first']],
    [{ status: 'pending' }, ['pending']],
    [{ status: 'failed' }, ['failed']],
    [{ status: 'duplicate' }, []],
    [{ type: 'partner_updated', status: 'failed' }, ['failed']],
    [{ type: 'message_created', status: 'failed' }, []],
    [{ q: 'partnership_a' }, ['elsewhere', 'failed', 'first']],
    [{ q: 'contact_a' }, ['contact']],
    [{ q: 'message_a' }, ['message']],
    [{ q: 'partnership_a', status: 'failed' }, ['failed']],
    [{ q: 'partnership_a', type: 'message_created' }, []],
    [{ q: 'partnership' }, []],
    [{ q: "'; DROP TABLE webhook_event; --" }, []],
  ])('filtered by %o holds exactly those events', async (filters, expected) => {
    expect(await names(filters)).toEqual(expected)
  })

  test('finds an event by its id, in either case, and only if it fits the other filters', async () => {
    expect(await names({ q: ids.message })).toEqual(['message'])
    expect(await names({ q: ids.message?.toUpperCase() })).toEqual(['message'])
    expect(await names({ q: ids.message, status: 'failed' })).toEqual([])
  })

  test.each<EventFilters>([
    {},
    { type: 'partner_updated' },
    { status: 'applied' },
    { type: 'partner_updated', status: 'applied' },
    { q: 'partnership_a' },
  ])('filtered by %o shows every event once, page by page, there and back', async (filters) => {
    await actingAs(user, async () => {
      const all = (await listEvents(filters, {})).rows.map((row) => row.id)
      const there: string[][] = []
      let page = await listEvents(filters, {}, 2)
      expect(page.previousCursor).toBeNull()
      there.push(page.rows.map((row) => row.id))
      while (page.nextCursor) {
        page = await listEvents(filters, { after: page.nextCursor }, 2)
        there.push(page.rows.map((row) => row.id))
      }
      expect(there.flat()).toEqual(all)

      const back = [page.rows.map((row) => row.id)]
      while (page.previousCursor) {
        page = await listEvents(filters, { before: page.previousCursor }, 2)
        back.unshift(page.rows.map((row) => row.id))
      }
      expect(back).toEqual(there)
    })
  })

  test.each([
    'x',
    encodeCursor([1, 2]),
    encodeCursor([5]),
    encodeCursor(['-1']),
    encodeCursor(['1e3']),
    encodeCursor(['99999999999999999999']),
    encodeCursor(['9223372036854775808']),
  ])('refuses the cursor %s', async (after) => {
    await expect(actingAs(user, () => listEvents({}, { after }))).rejects.toThrow(
      InvalidAddressError,
    )
  })

  test('tells nothing to somebody who is not signed in', async () => {
    await expect(listEvents({}, {})).rejects.toThrow(UnauthenticatedError)
  })
})

describe('over a long log', () => {
  const ROWS = 20_000

  beforeAll(async () => {
    await db().$executeRaw`
      INSERT INTO webhook_event (id, event_type, company_uuid, user_uuid, partnership_uuid, body, claims,
        token_hash, body_hash, secret_fingerprint, body_size, received_at, status)
      SELECT gen_random_uuid(), CASE WHEN g % 10 = 0 THEN 'deal_created' ELSE 'partner_updated' END,
        'company_' || g % 5, 'user_a', 'partnership_' || g % 500, '{}', '{}', '', '', 'f', 2, now(),
        (CASE WHEN g % 10 = 0 THEN 'unsupported' WHEN g = 7 THEN 'invalid' ELSE 'applied' END)::event_status
      FROM generate_series(1, ${ROWS}) g`
    await db().$executeRaw`ANALYZE webhook_event`
  })

  test.each<EventFilters>([
    {},
    { type: 'deal_created' },
    { type: 'deal_created', status: 'applied' },
    { type: 'partner_updated', status: 'unsupported' },
    { type: 'partner_updated', status: 'invalid' },
    { type: 'never_seen' },
    { status: 'applied' },
    { status: 'invalid' },
    { status: 'pending' },
    { q: 'partnership_77' },
    { q: 'partnership_77', status: 'failed' },
    { q: 'nothing' },
    { q: '00000000-0000-7000-8000-000000000000' },
  ])('a page filtered by %o reads hundreds of rows, not the log', async (filters) => {
    for (const position of [{}, { after: encodeCursor(['19000']) }]) {
      const plan = await db().$queryRaw<{ 'QUERY PLAN': [{ Plan: PlanNode }] }[]>(
        Prisma.sql`EXPLAIN (ANALYZE, FORMAT JSON) ${eventsQuery(filters, position, 51)}`,
      )
      expect(rowsRead(plan[0]!['QUERY PLAN'][0].Plan)).toBeLessThan(1_500)
    }
  })

  type PlanNode = {
    'Relation Name'?: string
    'Actual Rows': number
    'Actual Loops': number
    'Rows Removed by Filter'?: number
    Plans?: PlanNode[]
  }

  function rowsRead(node: PlanNode): number {
    const each = node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)
    const own = node['Relation Name'] === 'webhook_event' ? each * node['Actual Loops'] : 0
    return (node.Plans ?? []).reduce((sum, child) => sum + rowsRead(child), own)
  }
})
