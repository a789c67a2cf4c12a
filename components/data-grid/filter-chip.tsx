'use client'

import { useRef, useState } from 'react'
import { X } from 'lucide-react'
import dynamic from 'next/dynamic'
import type { Filter } from '@/lib/list-view/list-view'
import { PARTNERSHIP_KEY } from '@/lib/list-view/partnership-filter'
import { filterWords } from './filter-words'
import type { GridColumn } from './grid-column'

const FilterPopover = dynamic(() => import('./filter-popover').then((file) => file.FilterPopover))

// A label may have 10,000 characters; whoever wants all of it opens the filter.
const NAME_LENGTH = 120

type Props = {
  filter: Filter
  column: GridColumn
  /** `again` is true when the same editor has changed it before. */
  onChange: (filter: Filter | null, again: boolean) => void
  onRemove: () => void
}

/** One filter in words: the words open its editor, the cross takes it away. */
export function FilterChip({ filter, column, onChange, onRemove }: Props) {
  const button = useRef<HTMLButtonElement>(null)
  const [open, setOpen] = useState(false)
  const { verb, values } = filterWords(filter, column)
  const name = `${column.label} ${verb} ${values}`.trim().slice(0, NAME_LENGTH)
  const words = (
    <>
      <bdi className="max-w-48 min-w-0 shrink-0 truncate text-muted">{column.label}</bdi>{' '}
      <span className="shrink-0 text-muted">{verb}</span>{' '}
      {values && <bdi className="max-w-72 min-w-0 truncate font-medium">{values}</bdi>}
    </>
  )
  return (
    <span className="flex h-7 max-w-full min-w-0 items-stretch rounded-md border bg-surface text-xs">
      {column.key === PARTNERSHIP_KEY ? (
        <span className="flex min-w-0 items-center gap-1 ps-2.5 pe-2">{words}</span>
      ) : (
        <button
          ref={button}
          type="button"
          aria-haspopup="dialog"
          aria-expanded={open}
          title={name}
          className="flex min-w-0 items-center gap-1 rounded-s-md ps-2.5 pe-2 -outline-offset-2 hover:bg-subtle"
          onClick={() => setOpen(!open)}
        >
          {words}
        </button>
      )}
      <button
        type="button"
        aria-label={`Remove the filter ${name}`}
        className="flex w-7 shrink-0 items-center justify-center rounded-e-md border-s text-muted -outline-offset-2 hover:bg-subtle hover:text-foreground"
        onClick={onRemove}
      >
        <X aria-hidden className="size-3.5" />
      </button>
      {open && (
        <FilterPopover
          anchor={button}
          column={column}
          filter={filter}
          onChange={onChange}
          onClose={() => setOpen(false)}
        />
      )}
    </span>
  )
}
