import { beforeAll, expect, test } from 'vitest'
import { actingAs } from '@/lib/auth/current-user'
import { db } from '@/lib/db'
import type { ListView } from '@/lib/list-view/list-view'
import { listFacets } from '@/lib/queries/list-facets'
import { listPartnerships } from '@/lib/queries/list-partnerships'
import { walkList } from '@/lib/queries/walk-list'
import { insertPartnerships } from '../../support/read-model-rows'
import { walkPages } from '../../support/walk-pages'

const reader = { id: '00000000-0000-7000-8000-000000000001', email: 'reader@waggle.test' }
const MANY = 1_200

// So many that what is alike is not only among the first that are compared.
beforeAll(async () => {
  await insertPartnerships([
    ...Array.from({ length: 600 }, (_, n) => partnership('Nordwind', n)),
    ...Array.from({ length: MANY }, (_, n) => partnership('Quantum', n)),
  ])
  await db().$executeRaw`VACUUM ANALYZE partnership`
})

function partnership(name: string, n: number) {
  const companyName = `${name} ${String(n).padStart(4, '0')}`
  const stageLabel = n % 3 === 0 ? 'Active' : 'Lost'
  return { uuid: `${name}_${n}`, companyName, stageLabel, searchText: companyName.toLowerCase() }
}

const view = (q: string): ListView => ({ q, filters: [] })

test.each([
  ['Nordwnid', 600, [['nordwind']]],
  ['Quantm', MANY, [['quantum']]],
])('the pages of what is like %s end with the last that is', async (q, all, searchedInstead) => {
  const { forwards, backwards } = await walkPages(async (position) => {
    const answer = await actingAs(reader, () => listPartnerships(view(q), position, 500))
    expect(answer).toMatchObject({ searchedInstead, matches: { count: all, exact: true } })
    return answer.page
  })
  expect(new Set(forwards.map(({ uuid }) => uuid)).size).toBe(all)
  expect(forwards).toHaveLength(all)
  expect(backwards).toEqual(forwards)
})

test('an export of what is like a word has all of it, which its facets count', async () => {
  await actingAs(reader, async () => {
    let read = 0
    for await (const { rows, total } of walkList('partnerships', view('Quantm'))) {
      expect(total).toBe(MANY)
      read += rows.length
    }
    expect(read).toBe(MANY)
    const [stage] = await listFacets('partnerships', view('Quantm'), ['stage'])
    expect(stage!.values).toMatchObject([
      { value: 'Lost', count: 800, exact: true },
      { value: 'Active', count: 400, exact: true },
    ])
  })
})
