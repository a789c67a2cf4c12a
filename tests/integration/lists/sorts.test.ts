import { beforeAll, describe, expect, test } from 'vitest'
import { actingAs } from '@/lib/auth/current-user'
import type { ListView } from '@/lib/list-view/list-view'
import { readListView } from '@/lib/list-view/read-list-view'
import { listPartnerships } from '@/lib/queries/list-partnerships'
import { walkList } from '@/lib/queries/walk-list'
import { field, insertFilterableRows, NASTY, reader, viewOf } from '../../support/filterable-rows'
import { walkPages } from '../../support/walk-pages'

beforeAll(insertFilterableRows)

const SORTS = [
  'name',
  'tier',
  'phone',
  'contacts',
  'lastMessage',
  'partnerType',
  'firstSeen',
].concat(['text', 'number', 'date', 'boolean', 'select', 'multi_select'].map(field))

describe.each(SORTS.flatMap((sort) => [sort, `-${sort}`]))('sorted by %s', (sort) => {
  const view = readListView({ sort })

  test('every partnership comes once, there and back, and those without the value come last', async () => {
    const { forwards, backwards } = await walkPages(async (position) => {
      const { page } = await actingAs(reader, () => listPartnerships(view, position, 3))
      return page
    })
    const keys = forwards.map((row) => `${row.companyUuid}/${row.uuid}`)
    expect(new Set(keys).size).toBe(keys.length)
    expect(keys).toHaveLength(5 + NASTY.length)
    expect(backwards).toEqual(forwards)

    const filtered = { ...view, filters: viewOf([['name', 'filled']]).filters }
    const again = await walkPages(async (position) => {
      const { page } = await actingAs(reader, () => listPartnerships(filtered, position, 3))
      return page
    })
    expect(again.forwards.map((row) => `${row.companyUuid}/${row.uuid}`)).toEqual(keys)
    expect(again.backwards).toEqual(again.forwards)
    expect((await walked(view)).map((row) => `${row.companyUuid}/${row.uuid}`)).toEqual(keys)

    const isMissing = (key: string) => missing.has(key)
    const missing = new Set<string>()
    const column = view.sort!.column
    if (column === 'name' || column === 'firstSeen' || column === 'contacts') return
    const empty = { ...view, filters: viewOf([[column, 'empty']]).filters }
    for (const row of await walked(empty)) missing.add(`${row.companyUuid}/${row.uuid}`)
    expect(missing.size).toBeGreaterThan(0)
    expect(keys.slice(keys.findIndex(isMissing)).every(isMissing)).toBe(true)
  })
})

async function walked(view: ListView) {
  return actingAs(reader, async () => {
    const rows = []
    for await (const batch of walkList('partnerships', view)) {
      rows.push(...batch.rows)
      expect(batch.total).toBeGreaterThanOrEqual(rows.length)
    }
    return rows
  })
}

test('a search that nothing has literally finds what is similar, and says so', async () => {
  const search = (q: string) => actingAs(reader, () => listPartnerships({ q, filters: [] }, {}))
  expect(await search('gama')).toMatchObject({
    searchedInstead: [['gamma']],
    page: { rows: [{ uuid: 'c' }] },
  })
  expect(await search('GÁMMA')).toMatchObject({ searchedInstead: null, matches: { count: 1 } })
  expect(await search('qqqqqq')).toMatchObject({ searchedInstead: [], matches: { count: 0 } })
  const none = { q: 'gamma', filters: viewOf([['tier', 'empty']]).filters }
  expect(await actingAs(reader, () => listPartnerships(none, {}))).toMatchObject({
    searchedInstead: null,
    matches: { count: 0 },
  })
})

test('a walk tells how many rows come before it begins, also of none, and can be left', async () => {
  await actingAs(reader, async () => {
    const none = walkList('partnerships', viewOf([['tier', 'any', 'nobody']]))
    expect((await none.next()).value).toMatchObject({ rows: [], total: 0 })
    expect((await none.next()).done).toBe(true)

    const all = walkList('contacts', { filters: [] })
    expect((await all.next()).value).toMatchObject({ total: 4 })
    await all.return()
    expect((await all.next()).done).toBe(true)
  })
})
