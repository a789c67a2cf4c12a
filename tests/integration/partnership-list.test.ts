import { beforeAll, describe, expect, test, vi } from 'vitest'
import { actingAs } from '@/lib/auth/current-user'
import { InvalidAddressError, UnauthenticatedError } from '@/lib/errors'
import { encodeCursor } from '@/lib/pagination'
import { readListView } from '@/lib/list-view/read-list-view'
import { listPartnerships } from '@/lib/queries/list-partnerships'
import { readPosition } from '@/lib/queries/read-search-params'
import {
  COMPANY,
  insertContacts,
  insertPartnerships,
  insertRooms,
  TIME,
} from '../support/read-model-rows'
import { walkPages } from '../support/walk-pages'

// Next's, outside of a request: a browser without cookies.
vi.mock('next/headers', () => ({ cookies: async () => new Map() }))

const reader = { id: '00000000-0000-7000-8000-000000000001', email: 'reader@waggle.test' }

// 12 of one name and one moment, 6 of another name a minute later, one without a name.
const TWINS = Array.from({ length: 12 }, (_, n) => ({ uuid: `twin_${n}`, companyName: 'Acme' }))
const LATER = Array.from({ length: 6 }, (_, n) => ({
  uuid: `later_${n}`,
  companyName: `Beta ${n % 2}`,
  occurredAt: new Date(TIME.getTime() + 60_000),
}))
const ODD = [
  { uuid: 'zoe', companyName: 'Zoë Ünlü Çelik', companyDomain: 'zoe-unlu.example' },
  { uuid: 'wild', companyName: '100%_real\\', companyEmail: 'hello@quux.example' },
  { uuid: 'nameless', companyName: null },
  { uuid: 'tokyo', companyName: '株式会社東京' },
]
const ALL = [...TWINS, ...LATER, ...ODD]

beforeAll(async () => {
  await insertPartnerships(ALL)
  // The same ids of another customer are rows of their own.
  await insertPartnerships([{ uuid: 'twin_0', companyUuid: 'company_b', companyName: 'Acme' }])
})

function list(params: Record<string, string>, pageSize?: number) {
  const view = readListView(params)
  return actingAs(reader, () => listPartnerships(view, readPosition(params), pageSize))
}

async function find(q: string): Promise<string[]> {
  const { page } = await list({ q })
  return page.rows.map((row) => row.uuid)
}

describe('paging', () => {
  test.each(['name', '-name', 'changed', '-changed'])(
    'reaches every partnership exactly once, forwards and backwards, sorted by %s',
    async (sort) => {
      const { forwards, backwards, pages } = await walkPages(async (position) => {
        const { page } = await list({ sort, ...position }, 4)
        return page
      })
      const keys = forwards.map((row) => `${row.companyUuid}/${row.uuid}`)
      expect(pages).toBe(Math.ceil((ALL.length + 1) / 4))
      expect(new Set(keys).size).toBe(ALL.length + 1)
      expect(keys).toHaveLength(ALL.length + 1)
      expect(backwards).toEqual(forwards)
    },
  )

  test('sorts by name, and the other way round by -name', async () => {
    const { page } = await list({ sort: 'name' })
    const turned = await list({ sort: '-name' })
    const names = page.rows.map((row) => row.name)
    expect(names.slice(0, 2)).toEqual(['100%_real\\', 'Acme'])
    expect(turned.page.rows.map((row) => row.name)).toEqual(names.toReversed())
  })

  test('sorts by the last change, the newest first by -changed', async () => {
    const newest = await list({ sort: '-changed' })
    const oldest = await list({ sort: 'changed' })
    expect(newest.page.rows[0]?.uuid).toMatch(/^later_/)
    expect(oldest.page.rows.at(-1)?.uuid).toMatch(/^later_/)
    expect(oldest.page.rows).toEqual(newest.page.rows.toReversed())
  })

  test('pages through the matches of a search only', async () => {
    const { forwards, backwards } = await walkPages(async (position) => {
      const { page } = await list({ q: 'acme', ...position }, 5)
      return page
    })
    expect(forwards).toHaveLength(13)
    expect(forwards.every((row) => row.name === 'Acme')).toBe(true)
    expect(backwards).toEqual(forwards)
  })
})

describe('search', () => {
  test('finds by a part of the name, whatever the case and the accents', async () => {
    expect(await find('zoe')).toEqual(['zoe'])
    expect(await find('ÜNLU')).toEqual(['zoe'])
    expect(await find('unlü')).toEqual(['zoe'])
  })

  test('finds by domain and by e-mail', async () => {
    expect(await find('zoe-unlu.example')).toEqual(['zoe'])
    expect(await find('hello@quux')).toEqual(['wild'])
  })

  test('finds words in any order, and only where all of them are', async () => {
    expect(await find('celik zoe')).toEqual(['zoe'])
    expect(await find('celik acme')).toEqual([])
  })

  test('takes the wildcards of LIKE as themselves', async () => {
    expect(await find('100%_real\\')).toEqual(['wild'])
    expect(await find('%%%')).toEqual([])
    expect(await find('a__e')).toEqual([])
  })

  test('takes one or two letters as the beginning of a word', async () => {
    expect(await find('ce')).toEqual(['zoe'])
    expect(await find('q')).toEqual(['wild'])
    expect(await find('oe')).toEqual([])
  })

  test('finds two characters anywhere in scripts that do not part words', async () => {
    expect(await find('東京')).toEqual(['tokyo'])
  })

  test('counts all partnerships and those that match', async () => {
    const { total, matches } = await list({ q: 'acme' })
    expect(total).toEqual({ count: ALL.length + 1, exact: true })
    expect(matches).toEqual({ count: 13, exact: true })
    expect((await list({})).matches).toBeNull()
  })

  test('shows everything when only blanks are searched for', async () => {
    expect(await find('  ')).toHaveLength(ALL.length + 1)
  })
})

describe('a row', () => {
  test('counts its contacts and takes its partner type from the newest room when it has none', async () => {
    await insertPartnerships([
      { uuid: 'roomy', companyName: 'Roomy' },
      { uuid: 'typed', companyName: 'Typed', partnerType: 'distributor' },
    ])
    await insertContacts([
      { uuid: 'c1', partnershipUuid: 'roomy' },
      { uuid: 'c2', partnershipUuid: 'roomy' },
      { uuid: 'c3', partnershipUuid: 'roomy', companyUuid: 'company_b' },
    ])
    const later = new Date(TIME.getTime() + 1)
    await insertRooms([
      { uuid: 'r1', partnershipUuid: 'roomy', partnerType: 'reseller', occurredAt: later },
      { uuid: 'r2', partnershipUuid: 'roomy', partnerType: 'referral' },
      { uuid: 'r3', partnershipUuid: 'typed', partnerType: 'referral' },
    ])
    const roomy = await list({ q: 'roomy' })
    const typed = await list({ q: 'typed' })
    expect(roomy.page.rows).toMatchObject([
      { companyUuid: COMPANY, partnerType: 'reseller', contactCount: 2 },
    ])
    expect(typed.page.rows).toMatchObject([{ partnerType: 'distributor', contactCount: 0 }])
  })

  test('cuts a name of a megabyte', async () => {
    await insertPartnerships([{ uuid: 'huge', companyName: 'huge'.repeat(262_144) }])
    const { page } = await list({ q: 'hugehuge' })
    expect(page.rows.map((row) => row.name?.length)).toEqual([200])
  })
})

describe('refusals', () => {
  test.each([
    ['an unknown order', { sort: 'size' }],
    ['a cursor that is none', { after: 'x' }],
    ['a cursor of another order', { sort: 'changed', after: encodeCursor(['a', 'b', 'c']) }],
    ['a cursor of another length', { after: encodeCursor(['a', 'b', 'c', 'd']) }],
    ['a cursor without ids', { after: encodeCursor(['a']) }],
    ['a column that is not there', { sort: 'constructor' }],
    ['a custom field that nobody has', { sort: 'field~company_a~none' }],
    ['an order by what has none', { sort: 'hasContacts' }],
    ['a cursor with a NUL', { before: encodeCursor(['a\u0000', 'b', 'c']) }],
    ['a cursor of no moment', { sort: 'changed', after: encodeCursor([9e15, 'b', 'c']) }],
    [
      'a cursor of a moment that Postgres lacks',
      { sort: 'changed', after: encodeCursor([-8e15, 'b', 'c']) },
    ],
    [
      'two cursors',
      { after: encodeCursor(['a', 'b', 'c']), before: encodeCursor(['a', 'b', 'c']) },
    ],
    ['a search of 201 characters', { q: 'a'.repeat(201) }],
  ])('refuses %s', async (_, params: Record<string, string>) => {
    await expect(async () => list(params)).rejects.toThrow(InvalidAddressError)
  })

  test('refuses a parameter that is there twice', () => {
    expect(() => readListView({ q: ['a', 'b'] })).toThrow(InvalidAddressError)
  })

  test('shows nothing to somebody who is not signed in', async () => {
    await expect(listPartnerships({ filters: [] }, {})).rejects.toThrow(UnauthenticatedError)
  })
})
