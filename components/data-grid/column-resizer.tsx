'use client'

import { useRef } from 'react'
import { MAX_WIDTH, MIN_WIDTH, type ShownColumn } from './grid-column'

const KEY_STEP = 16
const KEY_PAUSE_MS = 400

type Props = {
  column: ShownColumn
  /** While it is drawn. */
  onDrag: (width: number) => void
  /** When it has been let go. */
  onResize: (width: number) => void
}

/** The end of a column's header: drawn with the pointer, or moved with the arrow keys. A double click resets it. */
export function ColumnResizer({ column, onDrag, onResize }: Props) {
  const start = useRef<{ x: number; width: number; towards: 1 | -1 } | null>(null)
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined)

  function widthAt(x: number): number {
    const { x: from, width, towards } = start.current!
    return bounded(width + (x - from) * towards)
  }

  function onKeyDown(event: React.KeyboardEvent) {
    const step = { ArrowLeft: -KEY_STEP, ArrowRight: KEY_STEP }[event.key]
    if (step === undefined) return
    event.preventDefault()
    const width = bounded(column.shownWidth + step)
    onDrag(width)
    // Each key press would be a page of its own.
    clearTimeout(pause.current)
    pause.current = setTimeout(() => onResize(width), KEY_PAUSE_MS)
  }

  return (
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={`Width of ${column.label.slice(0, 80)}`}
      aria-valuenow={column.shownWidth}
      aria-valuemin={MIN_WIDTH}
      aria-valuemax={MAX_WIDTH}
      aria-valuetext={`${column.shownWidth} pixels`}
      tabIndex={0}
      title="Draw to resize, double-click to reset"
      className="absolute inset-y-0 end-0 z-1 w-2 cursor-col-resize touch-none after:absolute after:inset-y-1.5 after:end-0 after:w-px after:bg-border hover:after:w-0.5 hover:after:bg-accent-solid focus-visible:-outline-offset-2"
      // The header around it is dragged to move the column.
      draggable
      onDragStart={(event) => {
        event.preventDefault()
        event.stopPropagation()
      }}
      onKeyDown={onKeyDown}
      onDoubleClick={() => onResize(column.width)}
      onPointerDown={(event) => {
        if (event.button !== 0) return
        event.preventDefault()
        event.currentTarget.setPointerCapture(event.pointerId)
        const rtl = getComputedStyle(event.currentTarget).direction === 'rtl'
        start.current = { x: event.clientX, width: column.shownWidth, towards: rtl ? -1 : 1 }
      }}
      onPointerMove={(event) => {
        if (start.current) onDrag(widthAt(event.clientX))
      }}
      onPointerUp={(event) => {
        if (!start.current) return
        const width = widthAt(event.clientX)
        const changed = width !== start.current.width
        start.current = null
        if (changed) onResize(width)
      }}
      onPointerCancel={() => {
        start.current = null
      }}
    />
  )
}

function bounded(width: number): number {
  return Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, Math.round(width)))
}
