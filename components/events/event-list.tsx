'use client'

import { useRef, useState } from 'react'
import { clsx } from 'clsx'
import Link from 'next/link'
import { PageCheckbox } from '@/components/data-grid/page-checkbox'
import { useRowKeys } from '@/components/data-grid/use-row-keys'
import { useSelection, type Selection } from '@/components/data-grid/use-selection'
import { EventSelectionBar } from './event-selection-bar'
import { useHold } from './live-events'

export type EventListRow = { key: string; href: string; name: string; cells: React.ReactNode[] }

export type EventListColumn = { header: string; className?: string; sorted?: boolean }

type Props = {
  columns: EventListColumn[]
  rows: EventListRow[]
  caption: string
  /** Where a selection can be taken; a link to each, with the ids added. Nothing to do without. */
  actions: { label: string; path: string }[]
}

/** A page of events to be opened and selected. "j", "k", "x" and Enter as in the other lists. */
export function EventList({ columns, rows, caption, actions }: Props) {
  const table = useRef<HTMLTableElement>(null)
  const selection = useSelection(rows)
  useRowKeys(table, selection)
  // With a row that leaves the page the keyboard's place would be lost.
  const [hasKeyboard, setHasKeyboard] = useState(false)
  useHold(selection.selected.size > 0 || hasKeyboard)
  return (
    <div className="relative">
      <div className="overflow-x-auto" role="group" aria-label={caption}>
        <table
          ref={table}
          className="w-full min-w-[44rem] border-separate border-spacing-0 text-sm"
        >
          <caption className="sr-only">{caption}</caption>
          <thead>
            <tr>
              <th scope="col" className={clsx(HEAD, 'w-9 p-0')}>
                <PageCheckbox selection={selection} many="events" />
              </th>
              {columns.map(({ header, className, sorted }) => (
                <th
                  key={header}
                  scope="col"
                  aria-sort={sorted ? 'descending' : undefined}
                  className={clsx(HEAD, 'px-3', className)}
                >
                  {header}
                </th>
              ))}
            </tr>
          </thead>
          <tbody
            onFocus={(event) => setHasKeyboard(event.target.matches(':focus-visible'))}
            onBlur={() => setHasKeyboard(false)}
          >
            {rows.map((row) => (
              <Row key={row.key} row={row} columns={columns} selection={selection} />
            ))}
          </tbody>
        </table>
      </div>
      <EventSelectionBar selection={selection} actions={actions} />
    </div>
  )
}

const HEAD = 'h-8 border-b bg-subtle text-start text-xs font-medium whitespace-nowrap text-muted'

type RowProps = { row: EventListRow; columns: EventListColumn[]; selection: Selection }

function Row({ row, columns, selection }: RowProps) {
  const selected = selection.has(row.key)
  return (
    <tr
      data-row={row.key}
      className={clsx(
        'group relative',
        selected ? 'bg-accent-subtle' : 'focus-within:bg-subtle hover:bg-subtle',
      )}
    >
      <td className="relative z-2 h-9 border-b p-0 group-last:border-b-0">
        <label className="flex h-9 items-center justify-center ps-1">
          <input
            type="checkbox"
            aria-label={`Select the event ${row.name}`}
            checked={selected}
            className="size-3.5 accent-(--accent-solid)"
            onClick={(event) => selection.toggle(row.key, event.shiftKey)}
            // What is checked follows the click, which knows of the shift key.
            onChange={() => undefined}
          />
        </label>
      </td>
      {row.cells.map((cell, at) => (
        <td
          key={at}
          className={clsx(
            'h-9 border-b px-3 py-1.5 align-middle group-last:border-b-0',
            '[&_a:not([data-row-link])]:relative [&_a:not([data-row-link])]:z-1',
            columns[at]?.className,
          )}
        >
          {at === 0 ? (
            // Fifty rows in view would fetch fifty pages ahead.
            <Link
              href={row.href}
              prefetch={false}
              data-row-link=""
              className="font-medium outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-(--ring)"
            >
              {cell}
            </Link>
          ) : (
            cell
          )}
        </td>
      ))}
    </tr>
  )
}
