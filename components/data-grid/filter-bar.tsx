'use client'

import { ListFilter } from 'lucide-react'
import dynamic from 'next/dynamic'
import type { Filter } from '@/lib/list-view/list-view'
import { Button } from '@/components/ui/button'
import { FilterChip } from './filter-chip'
import { useListFrame } from './list-frame'
import { MenuButton, type PanelProps } from './menu-button'

// Fetched when first opened: no first load pays for it.
const FilterPopover = dynamic(() => import('./filter-popover').then((file) => file.FilterPopover))

/** The button that adds a filter. */
export function FilterButton() {
  return (
    <MenuButton panel={NewFilter} given={{}}>
      <ListFilter aria-hidden /> Filter
    </MenuButton>
  )
}

function NewFilter(props: PanelProps) {
  const { view, show } = useListFrame()
  return (
    <FilterPopover
      {...props}
      // Where a new filter stands is known only when it has come to be.
      onChange={(filter, added) => {
        const others = added ? view.filters.slice(0, -1) : view.filters
        const filters = filter ? [...others, filter] : others
        show({ ...view, filters }, { replace: added })
      }}
    />
  )
}

/** The filters in force, each to be changed or taken away. Nothing where there are none. */
export function FilterChips() {
  const { view, columns, show } = useListFrame()
  if (view.filters.length === 0) return null

  function change(at: number, filter: Filter | null, replace = false) {
    const filters = filter ? view.filters.with(at, filter) : view.filters.toSpliced(at, 1)
    show({ ...view, filters }, { replace })
  }

  return (
    <ul aria-label="Filters" className="flex min-w-0 flex-wrap items-center gap-1.5">
      {view.filters.map((filter, at) => {
        const column = columns.find(({ key }) => key === filter.column)
        if (!column) return null
        return (
          <li key={at} className="flex max-w-full min-w-0">
            <FilterChip
              filter={filter}
              column={column}
              onChange={(next, again) => change(at, next, again)}
              onRemove={() => change(at, null)}
            />
          </li>
        )
      })}
      <li>
        <Button variant="ghost" size="sm" onClick={() => show({ ...view, filters: [] })}>
          Clear all
        </Button>
      </li>
    </ul>
  )
}
