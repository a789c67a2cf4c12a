'use client'

import { memo } from 'react'
import { clsx } from 'clsx'
import { useRouter } from 'next/navigation'
import { Skeleton } from '@/components/ui/skeleton'
import { isNumeric, type GridRow, type ShownColumn } from './grid-column'
import type { Selection } from './use-selection'

type Props = { rows: GridRow[]; shown: ShownColumn[]; one: string; selection: Selection }

export function GridRows({ rows, shown, one, selection }: Props) {
  const router = useRouter()

  function open(event: React.MouseEvent, row: GridRow) {
    const target = event.target as HTMLElement
    if (event.defaultPrevented || event.button !== 0 || row.href === null) return
    if (target.closest('a, button, input, label')) return
    // Who marks text in a row wants to copy it.
    if (getSelection()?.isCollapsed === false) return
    if (event.metaKey || event.ctrlKey || event.shiftKey) window.open(row.href, '_blank')
    else router.push(row.href)
  }

  // Only the choice and the order of columns redraw the cells, not a width that is being drawn.
  const keys = JSON.stringify(shown.map(({ key, type }) => [key, isNumeric(type)]))
  return (
    <tbody>
      {rows.map((row) => {
        const selected = selection.has(row.key)
        return (
          <tr
            key={row.key}
            data-row={row.key}
            tabIndex={-1}
            className={clsx(
              'group/row -outline-offset-2',
              selected ? 'bg-accent-subtle' : 'bg-surface focus-within:bg-subtle hover:bg-subtle',
              row.href && 'cursor-default',
            )}
            onClick={(event) => open(event, row)}
          >
            <td className={clsx(CELL, 'sticky start-0 z-2 bg-inherit')}>
              <RowCheckbox rowKey={row.key} one={one} selection={selection} selected={selected} />
            </td>
            <Cells cells={row.cells} keys={keys} />
          </tr>
        )
      })}
    </tbody>
  )
}

const CELL = 'h-10 border-b p-0 group-last/row:border-b-0 in-data-[density=compact]:h-7'

const Cells = memo(function Cells({ cells, keys }: { cells: GridRow['cells']; keys: string }) {
  const shown = JSON.parse(keys) as [string, boolean][]
  return (
    <>
      {shown.map(([key, numeric], at) => (
        <td
          key={key}
          className={clsx(
            CELL,
            'max-h-10 overflow-hidden px-3',
            at === 0 && 'sticky start-9 z-1 border-e bg-inherit',
            numeric && 'text-end tabular-nums',
          )}
        >
          {Object.hasOwn(cells, key) ? (
            <div className="flex max-h-9 min-w-0 flex-col justify-center overflow-hidden in-data-[density=compact]:max-h-6">
              {cells[key]}
            </div>
          ) : (
            <Skeleton className="h-3 w-3/5" />
          )}
        </td>
      ))}
      <td aria-hidden className={CELL} />
    </>
  )
})

type CheckboxProps = { rowKey: string; one: string; selection: Selection; selected: boolean }

function RowCheckbox({ rowKey, one, selection, selected }: CheckboxProps) {
  return (
    <label className="flex h-full items-center justify-center ps-1">
      <input
        type="checkbox"
        aria-label={`Select this ${one}`}
        checked={selected}
        className="size-3.5 accent-(--accent-solid)"
        // A change event does not say whether Shift is held.
        onClick={(event) => selection.toggle(rowKey, event.shiftKey)}
        onChange={() => undefined}
      />
    </label>
  )
}
