'use client'

import { ListFilter, X } from 'lucide-react'
import dynamic from 'next/dynamic'
import Link from 'next/link'
import { MenuButton } from '@/components/data-grid/menu-button'
import { Button } from '@/components/ui/button'
import { SearchBox } from '@/components/ui/search-box'
import { formatDateTime } from '@/lib/format'
import { FILTER_FIELDS, type FilterField, type FilterTexts } from '@/lib/event-filter/filter-fields'
import { eventsHref, withoutField } from './event-addresses'
import { EVENT_STATUS } from './event-status'
import { FILTER_LABELS, OFFERED_SPANS } from './filter-labels'
import { SpanSelect } from './span-select'

// Fetched when first opened: no first load pays for it.
const FilterPanel = dynamic(() => import('./event-filter-panel').then((file) => file.FilterPanel))

type Props = {
  texts: FilterTexts
  types: string[]
  timeZone: string
  /** Stands at the end of the first line. */
  children?: React.ReactNode
}

/** What of the log is shown: a search, a span of time, any number of filters at once. All in the address. */
export function EventFilterBar({ texts, types, timeZone, children }: Props) {
  return (
    <div className="mb-3 space-y-2">
      <div className="flex flex-wrap items-center gap-2">
        <SearchBox label="Search events" placeholder="Event id or subject uuid, exactly" />
        <SpanSelect texts={texts} />
        <MenuButton panel={FilterPanel} given={{ texts, types }}>
          <ListFilter aria-hidden /> Filter
        </MenuButton>
        {children}
      </div>
      <Chips texts={texts} timeZone={timeZone} />
    </div>
  )
}

type Chip = { field: FilterField; value: string; words: string }

function Chips({ texts, timeZone }: { texts: FilterTexts; timeZone: string }) {
  const chips = FILTER_FIELDS.filter((field) => field !== 'q').flatMap((field): Chip[] => {
    const values = texts[field] ?? []
    if (field === 'ids' && values.length > 0) {
      return [{ field, value: '', words: `${values.length} selected` }]
    }
    return values.map((value) => ({ field, value, words: wordsOf(field, value, timeZone) }))
  })
  if (chips.length === 0) return null
  return (
    <ul aria-label="Filters" className="flex min-w-0 flex-wrap items-center gap-1.5">
      {chips.map(({ field, value, words }) => {
        const label = FILTER_LABELS[field]
        return (
          <li
            key={`${field} ${value}`}
            className="flex h-7 max-w-full min-w-0 items-stretch rounded-md border bg-surface text-xs"
          >
            <span className="flex min-w-0 items-center gap-1 ps-2.5 pe-2" title={value}>
              <span className="shrink-0 text-muted">{label}</span>
              <bdi className="max-w-72 min-w-0 truncate font-medium">{words}</bdi>
            </span>
            <Link
              href={eventsHref(withoutField(texts, field, value || undefined))}
              aria-label={`Remove the filter ${label} ${words}`}
              className="flex w-7 shrink-0 items-center justify-center rounded-e-md border-s text-muted -outline-offset-2 hover:bg-subtle hover:text-foreground"
            >
              <X aria-hidden className="size-3.5" />
            </Link>
          </li>
        )
      })}
      <li>
        <Button variant="ghost" size="sm" asChild>
          <Link href={eventsHref({ q: texts.q })}>Clear all</Link>
        </Button>
      </li>
    </ul>
  )
}

function wordsOf(field: FilterField, value: string, timeZone: string): string {
  if (field === 'from' || field === 'to') return formatDateTime(new Date(value), timeZone)
  if (field === 'status') return EVENT_STATUS[value as keyof typeof EVENT_STATUS].label
  if (field === 'within') return OFFERED_SPANS.find(([span]) => span === value)?.[1] ?? value
  return value
}
