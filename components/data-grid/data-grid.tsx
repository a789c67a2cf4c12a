'use client'

import { useRef, useState } from 'react'
import type { ColumnKey } from '@/lib/list-view/list-view'
import { chosenColumns, moved, shownColumns, type GridRow, type ShownColumn } from './grid-column'
import { GridHeader } from './grid-header'
import { GridRows } from './grid-rows'
import { useListFrame } from './list-frame'
import { SelectionBar } from './selection-bar'
import { useRowKeys } from './use-row-keys'
import { useSelection } from './use-selection'

/**
 * A table of a list, whose columns are arranged as the address says. Choosing, ordering and resizing columns writes the address anew.
 */
export function DataGrid({ rows }: { rows: GridRow[] }) {
  const { words, columns: catalogue, view, pending, show } = useListFrame()
  const { title, one, many } = words
  const [dragged, setDragged] = useState<{ key: ColumnKey; width: number } | null>(null)
  const table = useRef<HTMLTableElement>(null)
  const selection = useSelection(rows)
  useRowKeys(table, selection)

  const shown = shownColumns(catalogue, view.columns).map((column) =>
    column.key === dragged?.key ? { ...column, shownWidth: dragged.width } : column,
  )

  function arrange(next: ShownColumn[]) {
    setDragged(null)
    show({ ...view, columns: chosenColumns(catalogue, next) }, { replace: true, samePage: true })
  }

  function resize(key: ColumnKey, width: number) {
    arrange(shown.map((each) => (each.key === key ? { ...each, shownWidth: width } : each)))
  }

  return (
    <div className="relative flex min-h-0 flex-col">
      <div
        className="relative min-h-0 overflow-auto overscroll-x-contain rounded-lg border bg-surface"
        data-density={view.density}
        aria-busy={pending}
      >
        {pending && <PendingLine />}
        <table
          ref={table}
          className="w-(--table-width) min-w-full table-fixed border-separate border-spacing-0 text-sm"
          style={
            {
              '--table-width': `${shown.reduce((sum, each) => sum + each.shownWidth, 76)}px`,
              '--first-width': `${shown[0]?.shownWidth ?? 0}px`,
            } as React.CSSProperties
          }
        >
          <caption className="sr-only">{title}</caption>
          <colgroup>
            <col className="w-9" />
            {shown.map(({ key, shownWidth }, at) => (
              <col
                key={key}
                // The column that stays in place must leave a phone room for the others.
                className={at === 0 ? 'w-[min(var(--first-width),48vw)]' : undefined}
                style={at === 0 ? undefined : { width: shownWidth }}
              />
            ))}
            <col />
          </colgroup>
          <GridHeader
            shown={shown}
            selection={selection}
            many={many}
            onMove={(from, to) => to > 0 && arrange(moved(shown, from, to))}
            onDrag={(key, width) => setDragged({ key, width })}
            onResize={resize}
          />
          <GridRows rows={rows} shown={shown} one={one} selection={selection} />
        </table>
      </div>
      <SelectionBar selection={selection} one={one} many={many} />
    </div>
  )
}

function PendingLine() {
  return (
    <div aria-hidden className="sticky start-0 top-0 z-30 h-0 w-full">
      <div className="h-0.5 w-full animate-pulse bg-accent-solid" />
    </div>
  )
}
