'use client'

import { clsx } from 'clsx'
import { ArrowDown, ArrowUp } from 'lucide-react'
import Link from 'next/link'
import type { GridColumn } from './grid-column'
import { useListFrame } from './list-frame'

type Sort = ReturnType<typeof useSort>

/** The order that the list is in, and the one that a column's header leads to. */
export function useSort() {
  const { view, ownSort, hrefOf, show } = useListFrame()
  const current = view.sort ?? ownSort

  function next({ key, type }: GridColumn) {
    if (current?.column === key) return { column: key, descending: !current.descending }
    // What is most or newest is what one looks for first.
    return { column: key, descending: ['number', 'count', 'date'].includes(type) }
  }

  return {
    of(column: GridColumn): 'ascending' | 'descending' | undefined {
      if (current?.column !== column.key) return undefined
      return current.descending ? 'descending' : 'ascending'
    },
    hrefOf: (column: GridColumn) => hrefOf({ ...view, sort: next(column) }),
    by: (column: GridColumn) => show({ ...view, sort: next(column) }),
  }
}

/** A column's label: a link that sorts by it, and turns the order round when the list is sorted by it already. */
export function SortHeader(props: { column: GridColumn; sort: Sort; atEnd: boolean }) {
  const { column, sort, atEnd } = props
  const label = (
    <bdi title={column.label} className="min-w-0 truncate">
      {column.label}
    </bdi>
  )
  const layout = clsx('flex h-8 items-center gap-1 px-3', atEnd && 'flex-row-reverse')
  if (!column.sortable) return <span className={layout}>{label}</span>
  const sorted = sort.of(column)
  const Arrow = sorted === 'descending' ? ArrowDown : ArrowUp
  return (
    <Link
      href={sort.hrefOf(column)}
      scroll={false}
      prefetch={false}
      draggable={false}
      className={clsx(
        layout,
        'group/sort -outline-offset-2 hover:text-foreground',
        sorted && 'text-foreground',
      )}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
        event.preventDefault()
        sort.by(column)
      }}
    >
      {label}
      <span className="sr-only">, sort {sorted ? 'the other way round' : 'by this'}</span>
      <Arrow
        aria-hidden
        className={clsx(
          'size-3 shrink-0',
          !sorted && 'opacity-0 group-hover/sort:opacity-60 group-focus-visible/sort:opacity-60',
        )}
      />
    </Link>
  )
}
