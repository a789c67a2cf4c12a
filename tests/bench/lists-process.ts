import { actingAs } from '@/lib/auth/current-user'
import { disconnectDb } from '@/lib/db'
import { listViewParams } from '@/lib/list-view/list-view-params'
import type { ListName, ListView } from '@/lib/list-view/list-view'
import type { PagePosition } from '@/lib/pagination'
import { listAttachments } from '@/lib/queries/list-attachments'
import { listContacts } from '@/lib/queries/list-contacts'
import { listCustomFields } from '@/lib/queries/list-custom-fields'
import { listFacets } from '@/lib/queries/list-facets'
import { listPartnerships } from '@/lib/queries/list-partnerships'
import { tablesReadWhole, watchPlans } from '../support/watch-plans'
import { listCases, type ListCase } from './list-cases'
import { measureTimes, type Times } from './measure-times'

/** What a question costs in the database, and where its answer can be read on. */
export type QueryTimes = {
  list: ListName
  name: string
  /** The query of its address. */
  address: string
  /** How many rows the list says that there are, with a + where there may be more. */
  found: string
  first: Times
  /** In the middle and half a page before the end, where that is measured. */
  middle: (Times & { after: string }) | null
  last: (Times & { after: string }) | null
  /** Milliseconds for the counts beside the filters, asked for the first time. */
  facets: number
  /** Tables that a query of it read from beginning to end. */
  scanned: string[]
}

type Reader = (
  view: ListView,
  position: PagePosition,
  pageSize?: number,
) => Promise<{
  page: { rows: unknown[]; nextCursor: string | null }
  total: Count
  matches: Count | null
}>
type Count = { count: number; exact: boolean }

const READERS: Record<ListName, Reader> = {
  partnerships: listPartnerships,
  contacts: listContacts,
  'custom-fields': listCustomFields,
  attachments: listAttachments,
}

const user = { id: '00000000-0000-7000-8000-000000000001', email: 'bench@waggle.example' }

// Half a page from the end.
const FROM_END = 25
const REPETITIONS = 50

async function measureCase({ list, name, view, deep }: ListCase): Promise<QueryTimes> {
  const read = READERS[list]
  const { total, matches } = await read(view, {})
  const count = matches ?? total
  const rows = deep ? await lengthOf(read, view) : 0
  const middle = deep ? await cursorAfter(read, view, rows >> 1) : null
  const last = deep ? await cursorAfter(read, view, rows - FROM_END) : null
  const watched = await watchPlans(async () => {
    await read(view, {})
    if (last) await read(view, { after: last })
  })
  const asked = performance.now()
  await listFacets(list, view)
  const facets = performance.now() - asked
  const at = (position: PagePosition) => measureTimes(() => read(view, position), REPETITIONS)
  return {
    list,
    name,
    address: listViewParams(view).toString(),
    found: `${count.count}${count.exact ? '' : '+'}`,
    first: await at({}),
    middle: middle === null ? null : { ...(await at({ after: middle })), after: middle },
    last: last === null ? null : { ...(await at({ after: last })), after: last },
    facets,
    scanned: tablesReadWhole(watched),
  }
}

async function lengthOf(read: Reader, view: ListView): Promise<number> {
  const { page } = await read(view, {}, 1_000_000)
  return page.rows.length
}

async function cursorAfter(read: Reader, view: ListView, rows: number): Promise<string> {
  const { page } = await read(view, {}, rows)
  if (page.nextCursor === null) throw new Error('A list ended before its end.')
  return page.nextCursor
}

await actingAs(user, async () => {
  for (const question of listCases()) {
    process.send?.(await measureCase(question))
  }
})
await disconnectDb()
process.disconnect()
