import { requireUser } from '@/lib/auth/current-user'
import type { Cell, ExportRows } from '@/lib/export/cell'
import type { ListColumn } from '@/lib/list-view/list-column'
import type { ListName, ListView } from '@/lib/list-view/list-view'
import { EXPORT_CELLS, fieldCell } from './export-cells'
import { walkList, type ListBatch, type ListRows } from './walk-list'

/** `close` must be called when the rows are not read to their end: they hold a database connection. */
export type ExportedList = ExportRows & { close: () => Promise<void> }

/**
 * All rows of a view with the columns that it shows, and how many they are; of one moment, and read only
 * as fast as they are taken.
 *
 * @param shown Those of the list's columns that the view shows, in its order.
 * @throws UnauthenticatedError without a signed-in user.
 * @throws InvalidAddressError when the view can't be one of this list.
 */
export async function exportList<List extends ListName>(
  list: List,
  view: ListView,
  shown: (all: ListColumn[]) => ListColumn[],
): Promise<ExportedList> {
  await requireUser()
  const walk = walkList(list, view)
  const first = await walk.next()
  if (first.done) throw new Error('a list that is walked has a first batch')
  const columns = shown(first.value.columns)
  const cellOf = columns.map((column) => cellReader(list, column))
  const toCells = ({ rows }: ListBatch<ListRows[List]>): Cell[][] =>
    rows.map((row) => cellOf.map((read) => read(row)))

  async function* batches() {
    yield toCells(first.value as ListBatch<ListRows[List]>)
    for await (const batch of walk) yield toCells(batch)
  }
  return {
    list,
    columns: columns.map(({ key, label, type }) => ({ key, label, type })),
    count: first.value.total,
    batches: batches(),
    close: async () => void (await walk.return()),
  }
}

type Row<List extends ListName> = ListBatch<ListRows[List]>['rows'][number]

function cellReader<List extends ListName>(
  list: List,
  { key, custom }: ListColumn,
): (row: Row<List>) => Cell {
  if (custom) return (row) => fieldCell(row.fields[key])
  const read = EXPORT_CELLS[list][key]
  if (!read) throw new Error(`the export knows no column ${key} of ${list}`)
  return read
}
