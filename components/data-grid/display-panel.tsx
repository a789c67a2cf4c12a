'use client'

import { useState } from 'react'
import { clsx } from 'clsx'
import { ArrowDown, ArrowUp, GripVertical } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { Popover } from '@/components/ui/popover'
import { chosenColumns, moved, shownColumns, type ShownColumn } from './grid-column'
import { useListFrame } from './list-frame'
import type { PanelProps } from './menu-button'

/** Columns to be ticked and put in order, by dragging or with the buttons, and the density. */
export function DisplayPanel({ anchor, onClose }: PanelProps) {
  const { columns, view, show } = useListFrame()
  const [text, setText] = useState('')
  const shown = shownColumns(columns, view.columns)
  const isShown = new Set(shown.map(({ key }) => key))
  const hidden = columns.filter(({ key, filterOnly }) => !filterOnly && !isShown.has(key))
  const typed = text.trim().toLowerCase()
  const fits = ({ label }: { label: string }) => label.toLowerCase().includes(typed)

  function arrange(next: ShownColumn[]) {
    show({ ...view, columns: chosenColumns(columns, next) }, { replace: true, samePage: true })
  }

  return (
    <Popover anchor={anchor} label="Display" align="end" className="w-80" onClose={onClose}>
      <fieldset className="flex shrink-0 items-center gap-2 border-b p-2">
        <legend className="sr-only">Density</legend>
        <span aria-hidden className="flex-1 ps-1 text-muted">
          Rows
        </span>
        {([undefined, 'compact'] as const).map((density) => (
          <label
            key={density ?? 'normal'}
            className="flex h-7 items-center gap-1.5 rounded-md border px-2 text-xs has-checked:border-transparent has-checked:bg-accent-subtle has-checked:text-accent has-focus-visible:outline-2 has-focus-visible:outline-(--ring)"
          >
            <input
              type="radio"
              name="density"
              className="sr-only"
              checked={view.density === density}
              onChange={() => show({ ...view, density }, { replace: true, samePage: true })}
            />
            {density === 'compact' ? 'Compact' : 'Comfortable'}
          </label>
        ))}
      </fieldset>
      <input
        type="search"
        autoFocus
        aria-label="Search the columns"
        placeholder="Search the columns"
        value={text}
        autoComplete="off"
        spellCheck={false}
        className="h-9 shrink-0 border-b bg-transparent px-3 outline-none placeholder:text-muted"
        onChange={(event) => setText(event.target.value)}
      />
      <div className="min-h-0 overflow-y-auto p-1">
        <ShownList
          shown={shown}
          fits={fits}
          onMove={(from, to) => arrange(moved(shown, from, to))}
          onHide={(column) => arrange(shown.filter(({ key }) => key !== column.key))}
        />
        {hidden.some(fits) && (
          <>
            <p className="px-2 pt-2 pb-1 text-xs text-muted">Not shown</p>
            <ul>
              {hidden.filter(fits).map((column) => (
                <li key={column.key}>
                  <ColumnTick
                    label={column.label}
                    checked={false}
                    onChange={() => arrange([...shown, { ...column, shownWidth: column.width }])}
                  />
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
      {view.columns && (
        <div className="shrink-0 border-t p-2">
          <Button
            size="sm"
            variant="ghost"
            onClick={() => show({ ...view, columns: undefined }, { replace: true, samePage: true })}
          >
            Show the columns of the list
          </Button>
        </div>
      )}
    </Popover>
  )
}

type ShownProps = {
  shown: ShownColumn[]
  fits: (column: ShownColumn) => boolean
  onMove: (from: number, to: number) => void
  onHide: (column: ShownColumn) => void
}

function ShownList({ shown, fits, onMove, onHide }: ShownProps) {
  const [from, setFrom] = useState<number | null>(null)
  const [over, setOver] = useState<number | null>(null)

  function drop() {
    if (from !== null && over !== null && from !== over) onMove(from, over)
    setFrom(null)
    setOver(null)
  }

  return (
    <ol aria-label="Shown columns, in their order">
      {shown.map((column, at) =>
        fits(column) ? (
          <li
            key={column.key}
            // The first one names the row: it stays.
            draggable={at > 0}
            className={clsx(
              'flex items-center rounded-md',
              from === at && 'opacity-50',
              over === at && from !== at && 'bg-accent-subtle',
            )}
            onDragStart={(event) => {
              event.dataTransfer.setData('text/plain', '')
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
            <GripVertical
              aria-hidden
              className={clsx('size-4 shrink-0 text-muted', at > 0 ? 'cursor-grab' : 'invisible')}
            />
            <ColumnTick
              label={column.label}
              checked
              disabled={at === 0}
              onChange={() => onHide(column)}
            />
            <MoveButton column={column} to="up" off={at <= 1} onClick={() => onMove(at, at - 1)} />
            <MoveButton
              column={column}
              to="down"
              off={at === 0 || at === shown.length - 1}
              onClick={() => onMove(at, at + 1)}
            />
          </li>
        ) : null,
      )}
    </ol>
  )
}

type TickProps = { label: string; checked: boolean; disabled?: boolean; onChange: () => void }

function ColumnTick({ label, checked, disabled, onChange }: TickProps) {
  return (
    <label className="flex h-8 min-w-0 flex-1 items-center gap-2 rounded-md px-2 hover:bg-subtle has-focus-visible:bg-subtle">
      <input
        type="checkbox"
        checked={checked}
        disabled={disabled}
        className="shrink-0 accent-(--accent-solid)"
        onChange={onChange}
      />
      <bdi className="min-w-0 truncate" title={label}>
        {label}
      </bdi>
    </label>
  )
}

type MoveProps = { column: ShownColumn; to: 'up' | 'down'; off: boolean; onClick: () => void }

function MoveButton({ column, to, off, onClick }: MoveProps) {
  const Arrow = to === 'up' ? ArrowUp : ArrowDown
  return (
    <Button
      variant="ghost"
      size="sm"
      square
      // A button that is switched off under the focus would lose it.
      aria-disabled={off}
      aria-label={`Move ${column.label.slice(0, 80)} ${to}`}
      onClick={() => !off && onClick()}
    >
      <Arrow aria-hidden />
    </Button>
  )
}
