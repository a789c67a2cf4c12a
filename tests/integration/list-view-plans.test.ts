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
import { indexesReadWhole, tableSizes } from '../support/indexes-read-whole'
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
// A page, and what is passed by where its index holds others as well: the list is many times as long.
const ROWS_OF_A_PAGE = 600
// Rows without a partnership stand in no index of their own: they are met on a walk of at most so many. Of
// custom fields there are some hundreds, and only the order of their labels is worth an index.
const ROWS_WALKED = 3_000
const WALKS = [
  'contacts: by partnership',
  'custom-fields: by type',
  'custom-fields: by last change',
]
// What fits most rows is counted up to 10,000, for which they have to be read. The names of so short a list
// are compared sooner one by one than found by what is like them.
const FITS_MOST = /^(not |has |empty |without |search, common|search, typing)/
const FILL_MS = 120_000

beforeAll(
  () => fillLists(env().DATABASE_URL, { partnerships: 8_000, contacts: 20_000, messages: 40_000 }),
  FILL_MS,
)

function read(list: ListName, view: ListView, position: PagePosition, pageSize?: number) {
  return actingAs(reader, () => READERS[list](view, position, pageSize))
}

describe.each(LIST_NAMES)('of the %s', (ofList) => {
  const cases = listCases().filter(({ list }) => list === ofList)

  test.each(cases)(
    'no table is read from beginning to end: $name',
    async ({ list, name, view }) => {
      const queries = await watchPlans(() => read(list, view, {}))
      expect(queries.length).toBeGreaterThan(2)
      expect(tablesReadWhole(queries)).toEqual([])
      if (!FITS_MOST.test(name)) {
        expect(indexesReadWhole(queries, await tableSizes())).toEqual([])
      }
    },
  )

  const orders = cases.filter(({ view }) => view.sort && view.filters.length === 0 && !view.q)
  test.each(orders)('the last page is read like the first: $name', async ({ list, name, view }) => {
    const all = await read(list, view, {}, 100_000)
    const last = await read(list, view, {}, all.page.rows.length - 25)
    const position = { after: last.page.nextCursor ?? '' }
    expect((await read(list, view, position)).page.rows).toHaveLength(25)
    const queries = await watchPlans(() => read(list, view, position))
    const walks = queries.filter(({ sql }) => / AS id0/.test(sql))
    expect(walks.length).toBeGreaterThan(0)
    const most = WALKS.includes(`${list}: ${name}`) ? ROWS_WALKED : ROWS_OF_A_PAGE
    for (const scan of walks.flatMap(({ plan }) => scansOf(plan))) {
      expect(rowsRead(scan)).toBeLessThanOrEqual(most)
    }
  })
})
