import { beforeAll, describe, expect, test } from 'vitest'
import { actingAs } from '@/lib/auth/current-user'
import { env } from '@/lib/env'
import { LIST_NAMES, type ListName, type ListView } from '@/lib/list-view/list-view'
import type { PagePosition } from '@/lib/pagination'
import { listAttachments } from '@/lib/queries/list-attachments'
import { listContacts } from '@/lib/queries/list-contacts'
import { listCustomFields } from '@/lib/queries/list-custom-fields'
import { listPartnerships } from '@/lib/queries/list-partnerships'
import type { ListAnswer } from '@/lib/queries/lists/read-list'
import { fillLists } from '../bench/fill-lists'
import { listCases } from '../bench/list-cases'
import { rowsRead, scansOf, tablesReadWhole, watchPlans } from '../support/watch-plans'

const reader = { id: '00000000-0000-7000-8000-000000000001', email: 'reader@waggle.test' }
type Reader = (
  view: ListView,
  position: PagePosition,
  pageSize?: number,
) => Promise<ListAnswer<unknown>>

const READERS: Record<ListName, Reader> = {
  partnerships: listPartnerships,
  contacts: listContacts,
  'custom-fields': listCustomFields,
  attachments: listAttachments,
}
// A page, the row that tells whether there is another, and what its neighbours in the index cost.
const ROWS_OF_A_PAGE = 120
const FILL_MS = 120_000

beforeAll(
  () => fillLists(env().DATABASE_URL, { partnerships: 3_000, contacts: 6_000, messages: 20_000 }),
  FILL_MS,
)

function read(list: ListName, view: ListView, position: PagePosition, pageSize?: number) {
  return actingAs(reader, () => READERS[list](view, position, pageSize))
}

describe.each(LIST_NAMES)('of the %s', (name) => {
  const cases = listCases().filter(({ list }) => list === name)

  test.each(cases)('no table is read from beginning to end: $name', async ({ list, view }) => {
    const queries = await watchPlans(() => read(list, view, {}))
    expect(queries.length).toBeGreaterThan(2)
    expect(tablesReadWhole(queries)).toEqual([])
  })

  const orders = cases.filter(({ view }) => view.sort && view.filters.length === 0 && !view.q)
  test.each(orders)('the last page is read like the first: $name', async ({ list, view }) => {
    const all = await read(list, view, {}, 100_000)
    const last = await read(list, view, {}, all.page.rows.length - 25)
    const position = { after: last.page.nextCursor ?? '' }
    expect((await read(list, view, position)).page.rows).toHaveLength(25)
    const queries = await watchPlans(() => read(list, view, position))
    const walks = queries.filter(({ sql }) => / AS id0/.test(sql))
    expect(walks.length).toBeGreaterThan(0)
    for (const scan of walks.flatMap(({ plan }) => scansOf(plan))) {
      expect(rowsRead(scan)).toBeLessThanOrEqual(ROWS_OF_A_PAGE)
    }
  })
})
