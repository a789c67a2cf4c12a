import type { ColumnType, ListColumn } from '@/lib/list-view/list-column'
import type { ColumnKey, ListView } from '@/lib/list-view/list-view'

/** A column as the browser needs it. `options` names only the values that a filter in force speaks of. */
export type GridColumn = ListColumn

/** A row with a cell for each column that may be shown. */
export type GridRow = {
  key: string
  href: string | null
  cells: Record<ColumnKey, React.ReactNode>
}

export const MIN_WIDTH = 64
export const MAX_WIDTH = 800

export type ShownColumn = GridColumn & { shownWidth: number }

/**
 * The columns of a list in the order in which they are shown. The first column of the catalogue names the
 * row and leads to it: it is shown always, and first.
 */
export function shownColumns(all: GridColumn[], chosen: ListView['columns']): ShownColumn[] {
  const columns = all.filter(({ filterOnly }) => !filterOnly)
  const [first] = columns
  if (!chosen) {
    return columns
      .filter((column) => column === first || column.shownByDefault)
      .map((column) => ({ ...column, shownWidth: column.width }))
  }
  const byKey = new Map(columns.map((column) => [column.key, column]))
  const shown = chosen.flatMap(({ key, width }) => {
    const column = byKey.get(key)
    return column ? [{ ...column, shownWidth: width ?? column.width }] : []
  })
  const rest = shown.filter(({ key }) => key !== first?.key)
  const named = shown.find(({ key }) => key === first?.key)
  if (!first) return rest
  return [named ?? { ...first, shownWidth: first.width }, ...rest]
}

/** What of the address says these columns; undefined when it is what the list shows by itself. */
export function chosenColumns(columns: GridColumn[], shown: ShownColumn[]): ListView['columns'] {
  const own = shownColumns(columns, undefined)
  const same =
    own.length === shown.length &&
    own.every(({ key, width }, at) => key === shown[at]?.key && width === shown[at]?.shownWidth)
  if (same) return undefined
  return shown.map(({ key, width, shownWidth }) =>
    shownWidth === width ? { key } : { key, width: shownWidth },
  )
}

/** `items` with the one at `from` taken out and put in at `to`. */
export function moved<Item>(items: Item[], from: number, to: number): Item[] {
  const item = items[from]
  if (item === undefined || to < 0 || to >= items.length) return items
  const others = items.toSpliced(from, 1)
  return others.toSpliced(to, 0, item)
}

export function isNumeric(type: ColumnType): boolean {
  return type === 'number' || type === 'count'
}
