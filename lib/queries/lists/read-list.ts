import { Prisma, type Transaction } from '@/lib/db'
import type { ListColumn } from '@/lib/list-view/list-column'
import type { ListView } from '@/lib/list-view/list-view'
import { PAGE_SIZE, toPage, type Page, type PagePosition } from '@/lib/pagination'
import type { BoundedCount } from '../count-up-to'
import type { ListDefinition } from './column-definition'
import { countTotal } from './count-total'
import { SHOWN, type Extent } from './extent'
import { ownerKey, fieldValues, type FieldValues } from './field-values'
import { findKeys, type ListPlan } from './find-keys'
import { conjunction, EVERY_ROW } from './key-order'
import { listCursor } from './list-cursor'
import { planList, type PlannedList } from './plan-list'
import { readOnly } from './read-only'

// pg_trgm's own threshold misses letters that are turned round or left out in short names.
const LIKENESS = '0.35'

/** How a search found its rows: by the words themselves, or by what is similar, as nothing has those. */
export type SearchMode = 'literal' | 'similar'

/**
 * A page of a list. `matches` is null when nothing is searched or filtered for; `searchMode` is null when
 * nothing is searched for. `columns` are all that the list has.
 */
export type ListAnswer<Row> = {
  page: Page<Row & { fields: FieldValues }>
  total: BoundedCount
  matches: BoundedCount | null
  columns: ListColumn[]
  searchMode: SearchMode | null
}

/** A list with the way to read its rows: in the order of their ids. */
export type ReadableList<Row> = {
  definition: ListDefinition
  readRows: (tx: Transaction, ids: string[][], extent: Extent) => Promise<Row[]>
}

type Owned = { companyUuid: string; uuid: string }

/**
 * A page of a view of a list. All of it is of one moment: the rows, the matches and the columns; only the
 * total of a long list may be some seconds old.
 *
 * @throws InvalidAddressError when the view or the position can't be one of this list.
 */
export function readList<Row extends Owned>(
  list: ReadableList<Row>,
  view: ListView,
  position: PagePosition,
  pageSize: number = PAGE_SIZE,
): Promise<ListAnswer<Row>> {
  return readOnly(async (tx) => {
    const planned = await planList(tx, list.definition, view)
    const read = (plan: ListPlan) => findKeys(tx, plan, position, pageSize + 1)
    let found = await read(planned.literal)
    const searchMode = await modeOf(tx, planned, found.matches)
    if (searchMode === 'similar' && planned.similar) found = await read(planned.similar)
    const keys = toPage(found.keys, position, listCursor, pageSize)
    const ids = keys.rows.map((key) => key.ids)
    const rows = await readFullRows(tx, list, planned, ids, SHOWN)
    const total = await countTotal(tx, planned.literal.table)
    const { matches } = found
    return { page: { ...keys, rows }, total, matches, columns: planned.columns, searchMode }
  })
}

/** The rows with these ids, with what they have in the custom fields that the view shows. */
export async function readFullRows<Row extends Owned>(
  tx: Transaction,
  { definition, readRows }: ReadableList<Row>,
  { shownFields }: PlannedList,
  ids: string[][],
  extent: Extent,
): Promise<(Row & { fields: FieldValues })[]> {
  if (ids.length === 0) return []
  const { owner } = definition.table
  const rows = await readRows(tx, ids, extent)
  const values = owner ? await fieldValues(tx, owner, rows, shownFields, extent) : null
  return rows.map((row) => ({ ...row, fields: values?.get(ownerKey(row)) ?? {} }))
}

/** Whether a search has to make do with what is similar, because no row at all has the words themselves. */
export async function modeOf(
  tx: Transaction,
  { literal, search }: PlannedList,
  matches: BoundedCount | null,
): Promise<SearchMode | null> {
  if (!search) return null
  if (matches && matches.count > 0) return 'literal'
  const { table, shown } = literal.table
  const [found] = await tx.$queryRaw<{ any: boolean }[]>`
    SELECT EXISTS (SELECT 1 FROM ${table} r WHERE ${conjunction([EVERY_ROW, shown, search])}) AS any`
  if (found?.any) return 'literal'
  await tx.$executeRaw`SET LOCAL pg_trgm.word_similarity_threshold = ${Prisma.raw(LIKENESS)}`
  return 'similar'
}
