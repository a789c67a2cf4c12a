'use client'

import { SearchBox } from '@/components/ui/search-box'
import { DisplayMenu } from './display-menu'
import { ExportMenu } from './export-menu'
import { FilterButton, FilterChips } from './filter-bar'
import { useListFrame } from './list-frame'

type Props = { searchLabel: string; placeholder: string }

/** Above the table: search, filters, what is shown and the way out of it. */
export function ListToolbar({ searchLabel, placeholder }: Props) {
  const { view, show } = useListFrame()
  return (
    <div className="mb-3 shrink-0 space-y-2">
      <div className="flex flex-wrap items-center gap-2">
        <SearchBox
          label={searchLabel}
          placeholder={placeholder}
          onSearch={(q) => show({ ...view, q: q || undefined }, { replace: true })}
        />
        <FilterButton />
        <span className="flex-1" />
        <DisplayMenu />
        <ExportMenu />
      </div>
      <FilterChips />
    </div>
  )
}
