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
    if (event.defaultPrevented || event.button !== 0) return
    const link = target.closest('a')
    if (link?.dataset.pageLink !== undefined) {
      // Another tab or window is the browser's.
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
      event.preventDefault()
      router.push(link.pathname + link.search + link.hash)
      return
    }
    if (row.href === null || target.closest('a, button, input, label')) return
    // Who marks text in a row wants to copy it.
    if (getSelection()?.isCollapsed === false) return
    if (event.metaKey || event.ctrlKey || event.shiftKey) window.open(row.href, '_blank')
    else router.push(row.href)
  }

  // Only the choice and the order of columns redraw the cells, not a width that is being drawn.
  const keys = JSON.stringify(shown.map(({ key, type }) => [key, isNumeric(type)]))
  return (
    <tbody className={BODY}>
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
            <td className="sticky start-0 z-2 bg-inherit">
              <RowCheckbox rowKey={row.key} one={one} selection={selection} selected={selected} />
            </td>
            <Cells cells={row.cells} keys={keys} />
          </tr>
        )
      })}
    </tbody>
  )
}

// What all cells have is said once: written at each of them, it was half of the page.
const BODY =
  '[&>tr>td+td]:overflow-hidden [&>tr>td+td]:px-3 [&>tr>td]:h-10 in-data-[density=compact]:[&>tr>td]:h-7 [&>tr>td]:border-b [&>tr:last-child>td]:border-b-0 ' +
  '[&>tr>td>div]:flex [&>tr>td>div]:min-w-0 [&>tr>td>div]:flex-col [&>tr>td>div]:justify-center ' +
  '[&>tr>td>div]:max-h-9 in-data-[density=compact]:[&>tr>td>div]:max-h-6 [&>tr>td>div]:overflow-hidden'

const Cells = memo(function Cells({ cells, keys }: { cells: GridRow['cells']; keys: string }) {
  const shown = JSON.parse(keys) as [string, boolean][]
  return (
    <>
      {shown.map(([key, numeric], at) => (
        <td
          key={key}
          className={
            clsx(
              at === 0 && 'sticky start-9 z-1 border-e bg-inherit',
              numeric && 'text-end tabular-nums',
            ) || undefined
          }
        >
          {Object.hasOwn(cells, key) ? (
            <div>{cells[key]}</div>
          ) : (
            <div>
              <Skeleton className="h-3 w-3/5" />
            </div>
          )}
        </td>
      ))}
      <td aria-hidden />
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
