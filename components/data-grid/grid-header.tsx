'use client'

import { useState } from 'react'
import { clsx } from 'clsx'
import type { ColumnKey } from '@/lib/list-view/list-view'
import { ColumnResizer } from './column-resizer'
import { isNumeric, type ShownColumn } from './grid-column'
import { PageCheckbox } from './page-checkbox'
import { SortHeader, useSort } from './sort-header'
import type { Selection } from './use-selection'

const HEADER_CELL =
  'sticky top-0 h-8 border-b bg-subtle p-0 text-xs font-medium whitespace-nowrap text-muted'

type Props = {
  shown: ShownColumn[]
  selection: Selection
  many: string
  onMove: (from: number, to: number) => void
  onDrag: (key: ColumnKey, width: number) => void
  onResize: (key: ColumnKey, width: number) => void
}

/** The headers: each sorts, can be drawn wider at its end, and dragged to another place. */
export function GridHeader({ shown, selection, many, onMove, onDrag, onResize }: Props) {
  const sort = useSort()
  const [from, setFrom] = useState<number | null>(null)
  const [over, setOver] = useState<number | null>(null)

  function drop() {
    if (from !== null && over !== null && from !== over) onMove(from, over)
    setFrom(null)
    setOver(null)
  }

  return (
    <thead>
      <tr>
        <td className={clsx(HEADER_CELL, 'start-0 z-20')}>
          <PageCheckbox selection={selection} many={many} />
        </td>
        {shown.map((column, at) => (
          <th
            key={column.key}
            scope="col"
            aria-sort={sort.of(column)}
            className={clsx(
              HEADER_CELL,
              at === 0 ? 'start-9 z-20 border-e' : 'z-10',
              from === at && 'opacity-50',
              over === at && from !== at && 'shadow-[inset_2px_0_0_var(--accent-solid)]',
            )}
            draggable={at > 0}
            onDragStart={(event) => {
              // Firefox drags nothing that carries no data.
              event.dataTransfer.setData('text/plain', '')
              event.dataTransfer.effectAllowed = 'move'
              setFrom(at)
            }}
            onDragOver={(event) => {
              if (from === null || at === 0) return
              event.preventDefault()
              setOver(at)
            }}
            onDrop={(event) => event.preventDefault()}
            onDragEnd={drop}
          >
            <SortHeader column={column} sort={sort} atEnd={isNumeric(column.type)} />
            <ColumnResizer
              column={column}
              onDrag={(width) => onDrag(column.key, width)}
              onResize={(width) => onResize(column.key, width)}
            />
          </th>
        ))}
        <td aria-hidden className={clsx(HEADER_CELL, 'z-10')} />
      </tr>
    </thead>
  )
}
