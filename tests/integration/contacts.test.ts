import { beforeAll, describe, expect, test, vi } from 'vitest'
import { actingAs } from '@/lib/auth/current-user'
import { InvalidAddressError, UnauthenticatedError } from '@/lib/errors'
import { findContact } from '@/lib/queries/find-contact'
import { formatFilter } from '@/lib/list-view/list-view-params'
import { partnershipFilter } from '@/lib/list-view/partnership-filter'
import { readListView } from '@/lib/list-view/read-list-view'
import { listContacts } from '@/lib/queries/list-contacts'
import { readPosition } from '@/lib/queries/read-search-params'
import { listContactEvents } from '@/lib/queries/list-subject-events'
import { COMPANY, insertContacts, insertPartnerships, TIME } from '../support/read-model-rows'
import { storeEvent } from '../support/store-event'
import { walkPages } from '../support/walk-pages'

// Next's, outside of a request: a browser without cookies.
vi.mock('next/headers', () => ({ cookies: async () => new Map() }))

const reader = { id: '00000000-0000-7000-8000-000000000001', email: 'reader@waggle.test' }

const TAG = { id: '1', uuid: 'tag_1', label: 'Champion', backgroundColor: '#fff', textColor: null }

beforeAll(async () => {
  await insertPartnerships([{ uuid: 'p1', companyName: 'Acme' }])
  await insertContacts([
    ...Array.from({ length: 11 }, (_, n) => ({
      uuid: `ana_${n}`,
      firstName: 'Ana',
      lastName: 'López',
      partnershipUuid: n < 7 ? 'p1' : 'p2',
    })),
    { uuid: 'ana_0', companyUuid: 'company_b', firstName: 'Ana', partnershipUuid: 'p1' },
    { uuid: 'bo', email: 'bo@quux.example', tags: Array.from({ length: 5 }, () => TAG) },
    { uuid: 'none' },
  ])
})

function list(params: Record<string, string>, pageSize?: number) {
  const view = readListView(params)
  return actingAs(reader, () => listContacts(view, readPosition(params), pageSize))
}

const ofPartnership = (uuid: string) => ({
  filter: formatFilter(partnershipFilter({ companyUuid: COMPANY, uuid })),
})

describe('the list of contacts', () => {
  test.each(['name', '-name', 'changed', '-partnership', 'partnership', 'tags', '-email'])(
    'reaches every contact exactly once, forwards and backwards, sorted by %s',
    async (sort) => {
      const { forwards, backwards, pages } = await walkPages(async (position) => {
        const { page } = await list({ sort, ...position }, 3)
        return page
      })
      const keys = forwards.map((row) => `${row.companyUuid}/${row.uuid}`)
      expect(pages).toBe(5)
      expect(new Set(keys).size).toBe(14)
      expect(keys).toHaveLength(14)
      expect(backwards).toEqual(forwards)
    },
  )

  test('finds by name, accents aside, and by e-mail', async () => {
    expect((await list({ q: 'lopez ana' })).matches).toEqual({ count: 11, exact: true })
    const { page } = await list({ q: 'bo@quux' })
    expect(page.rows.map((row) => row.uuid)).toEqual(['bo'])
  })

  test('pages through the contacts of one partnership of one company', async () => {
    const { forwards, backwards } = await walkPages(async (position) => {
      const { page } = await list({ ...ofPartnership('p1'), ...position }, 3)
      return page
    })
    expect(forwards).toHaveLength(7)
    expect(forwards.every((row) => row.partnershipName === 'Acme')).toBe(true)
    expect(backwards).toEqual(forwards)
  })

  test('tells a partnership that was not received yet from none', async () => {
    const { page } = await list(ofPartnership('p2'))
    expect(page.rows[0]).toMatchObject({ partnershipUuid: 'p2', partnershipReceived: false })
    const none = await list({ q: 'bo@quux' })
    expect(none.page.rows[0]).toMatchObject({ partnershipUuid: null, partnershipReceived: false })
  })

  test('shows the first three tags and how many there are', async () => {
    const { page } = await list({ q: 'bo@quux' })
    expect(page.rows[0]).toMatchObject({ tagCount: 5 })
    expect(page.rows[0]?.tags).toEqual(
      Array.from({ length: 3 }, () => ({
        label: 'Champion',
        backgroundColor: '#fff',
        textColor: null,
      })),
    )
  })

  test.each([
    ['an order by a column of another list', { sort: 'tier' }],
    ['a partnership without its company', { filter: 'partnershipKey~is~p1' }],
    ['a cursor that is none', { after: 'WzFd' }],
  ])('refuses %s', async (_, params: Record<string, string>) => {
    await expect(async () => list(params)).rejects.toThrow(InvalidAddressError)
  })
})

describe('finding a contact', () => {
  test('finds it with its partnership and its tags', async () => {
    expect(await actingAs(reader, () => findContact('ana_1'))).toMatchObject({
      kind: 'found',
      record: { firstName: 'Ana', partnershipName: 'Acme', partnershipReceived: true, tags: [] },
    })
  })

  test('offers a choice when several companies have the uuid', async () => {
    expect(await actingAs(reader, () => findContact('ana_0'))).toEqual({
      kind: 'choice',
      options: [
        { companyUuid: COMPANY, uuid: 'ana_0', name: 'Ana López' },
        { companyUuid: 'company_b', uuid: 'ana_0', name: 'Ana' },
      ],
    })
    expect(await actingAs(reader, () => findContact('ana_0', 'company_b'))).toMatchObject({
      kind: 'found',
      record: { companyUuid: 'company_b' },
    })
  })

  test('awaits one that only an event names, and does not know one that nothing names', async () => {
    await storeEvent({ contactUuid: 'pending', status: 'pending', receivedAt: TIME })
    expect(await actingAs(reader, () => findContact('pending'))).toMatchObject({ kind: 'awaited' })
    expect(await actingAs(reader, () => findContact('nobody'))).toEqual({ kind: 'unknown' })
    const events = await actingAs(reader, () =>
      listContactEvents({ companyUuid: COMPANY, uuid: 'pending' }),
    )
    expect(events).toMatchObject([{ status: 'pending', receivedAt: TIME }])
  })

  test.each([
    ['the list', () => listContacts({ filters: [] }, {})],
    ['a contact', () => findContact('bo')],
    ['its events', () => listContactEvents({ companyUuid: COMPANY, uuid: 'bo' })],
  ])('shows %s to nobody who is not signed in', async (_, read: () => Promise<unknown>) => {
    await expect(read()).rejects.toThrow(UnauthenticatedError)
  })
})
