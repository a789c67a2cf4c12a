import type { Prisma, Transaction } from '@/lib/db'
import type { ListColumn } from '@/lib/list-view/list-column'
import type { ListView } from '@/lib/list-view/list-view'
import { PAGE_SIZE, toPage, type Page, type PagePosition } from '@/lib/pagination'
import type { BoundedCount } from '../count-up-to'
import type { ListDefinition } from './column-definition'
import { countTotal } from './count-total'
import { SHOWN, type Extent } from './extent'
import { fieldValues, type FieldValues } from './field-values'
import { findKeys, type ListPlan } from './find-keys'
import { listCursor } from './list-cursor'
import { planList, type PlannedList } from './plan-list'
import { readOnly } from './read-only'
import { areThere, correctSearch, type Correction } from './correct-search'

/**
 * A page of a list. `matches` is null when nothing is searched or filtered for. `searchedInstead` are
 * what a search looked for in place of each word, where nothing has those that were typed; null where something has.
 * `columns` are all that the list has.
 */
export type ListAnswer<Row> = {
  page: Page<Row & { fields: FieldValues }>
  total: BoundedCount
  matches: BoundedCount | null
  columns: ListColumn[]
  searchedInstead: string[][] | null
}

/** A list with the way to read its rows: in the order of their ids. */
export type ReadableList<Row> = {
  definition: ListDefinition
  rowsSql: (ids: string[][], extent: Extent) => Prisma.Sql
  readRows: (tx: Transaction, ids: string[][], extent: Extent) => Promise<Row[]>
}

type Source<Found, Row> = Pick<ReadableList<Row>, 'definition' | 'rowsSql'> & {
  toRow: (found: Found, extent: Extent) => Row
}

/** A list that is read by one statement; `toRow` makes of what Postgres gives what a page takes. */
export function readableList<Found, Row>(source: Source<Found, Row>): ReadableList<Row> {
  const { definition, rowsSql, toRow } = source
  return {
    definition,
    rowsSql,
    readRows: async (tx, ids, extent) => {
      const found = await tx.$queryRaw<Found[]>(rowsSql(ids, extent))
      return found.map((row) => toRow(row, extent))
    },
  }
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
    const correction = await correctionOf(tx, planned, found.matches)
    if (correction) found = await read(planned.searchingFor(correction.condition))
    const keys = toPage(found.keys, position, listCursor, pageSize)
    const ids = keys.rows.map((key) => key.ids)
    const rows = await readFullRows(tx, list, planned, ids, SHOWN)
    const total = await countTotal(tx, planned.literal.table)
    const { matches } = found
    const searchedInstead = correction?.words ?? null
    return { page: { ...keys, rows }, total, matches, columns: planned.columns, searchedInstead }
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
  return rows.map((row, n) => ({ ...row, fields: values?.[n] ?? {} }))
}

/** What to look for instead if no row at all has the words that are searched for; null otherwise. */
export async function correctionOf(
  tx: Transaction,
  { literal, query, search }: PlannedList,
  matches: BoundedCount | null,
): Promise<Correction | null> {
  if (!search || (matches && matches.count > 0)) return null
  // Without a filter that none fits is known already.
  const isKnown = matches !== null && literal.condition === search
  const [isFound] = isKnown ? [false] : await areThere(tx, literal.table, [search])
  return isFound ? null : correctSearch(tx, literal.table, query)
}
