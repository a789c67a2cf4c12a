import { actingAs } from '@/lib/auth/current-user'
import { disconnectDb } from '@/lib/db'
import { listViewParams } from '@/lib/list-view/list-view-params'
import type { ListName, ListView } from '@/lib/list-view/list-view'
import type { PagePosition } from '@/lib/pagination'
import { OWN_FACETS } from '@/lib/queries/facets/own-facets'
import { ATTACHMENTS, listAttachments } from '@/lib/queries/list-attachments'
import { CONTACTS, listContacts } from '@/lib/queries/list-contacts'
import { CUSTOM_FIELDS, listCustomFields } from '@/lib/queries/list-custom-fields'
import { listFacets } from '@/lib/queries/list-facets'
import { listPartnerships, PARTNERSHIPS } from '@/lib/queries/list-partnerships'
import type { ListDefinition } from '@/lib/queries/lists/column-definition'
import { findKeys } from '@/lib/queries/lists/find-keys'
import { encodeListCursor } from '@/lib/queries/lists/list-cursor'
import { planList } from '@/lib/queries/lists/plan-list'
import { readOnly } from '@/lib/queries/lists/read-only'
import { indexesReadWhole, tableSizes } from '../support/indexes-read-whole'
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
  /** Milliseconds for the counts beside one filter, the dearest, asked for the first time. */
  facet: number
  /** Tables and indexes that a query of it read from beginning to end. */
  scanned: string[]
}

type Count = { count: number; exact: boolean }
type Reader = (
  view: ListView,
  position: PagePosition,
) => Promise<{ total: Count; matches: Count | null }>

const READERS: Record<ListName, { read: Reader; definition: ListDefinition }> = {
  partnerships: { read: listPartnerships, definition: PARTNERSHIPS.definition },
  contacts: { read: listContacts, definition: CONTACTS.definition },
  'custom-fields': { read: listCustomFields, definition: CUSTOM_FIELDS.definition },
  attachments: { read: listAttachments, definition: ATTACHMENTS.definition },
}

const user = { id: '00000000-0000-7000-8000-000000000001', email: 'bench@waggle.example' }

// Half a page from the end.
const FROM_END = 25
const REPETITIONS = 30
// Where a query takes longer than it should there are fewer, so that the whole of it ends.
const PATIENCE_MS = 1_000
const MOST_ROWS = 1_000_000

async function measureCase({ list, name, view, deep }: ListCase): Promise<QueryTimes> {
  const { read, definition } = READERS[list]
  const { total, matches } = await read(view, {})
  const count = matches ?? total
  const { middle, last } = deep ? await findPlaces(definition, view) : { middle: null, last: null }
  const watched = await watchPlans(async () => {
    await read(view, {})
    if (last) await read(view, { after: last })
  })
  const at = (position: PagePosition) =>
    measureTimes(() => read(view, position), REPETITIONS, PATIENCE_MS)
  return {
    list,
    name,
    address: listViewParams(view).toString(),
    found: `${count.count}${count.exact ? '' : '+'}`,
    facet: await slowestFacet(list, view),
    first: await at({}),
    middle: middle === null ? null : { ...(await at({ after: middle })), after: middle },
    last: last === null ? null : { ...(await at({ after: last })), after: last },
    scanned: [...tablesReadWhole(watched), ...indexesReadWhole(watched, await tableSizes())],
  }
}

/** Cursors into the middle of a view and half a page before its end. */
async function findPlaces(definition: ListDefinition, view: ListView) {
  const { keys } = await readOnly(async (tx) => {
    const { literal } = await planList(tx, definition, view)
    return findKeys(tx, literal, {}, MOST_ROWS)
  })
  const place = (index: number) => {
    const key = keys[index]
    if (!key) throw new Error('A list is shorter than a page.')
    return encodeListCursor(key)
  }
  return { middle: place(keys.length >> 1), last: place(keys.length - 1 - FROM_END) }
}

/** The dearest of the counts beside the filters, each asked for the first time, as people open them. */
async function slowestFacet(list: ListName, view: ListView): Promise<number> {
  let slowest = 0
  for (const { key } of OWN_FACETS[list]) {
    const asked = performance.now()
    await listFacets(list, view, [key])
    slowest = Math.max(slowest, performance.now() - asked)
  }
  return slowest
}

await actingAs(user, async () => {
  for (const question of listCases()) {
    process.send?.(await measureCase(question))
  }
})
await disconnectDb()
process.disconnect()
