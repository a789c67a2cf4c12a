'use client'

import { useTransition } from 'react'
import { useRouter } from 'next/navigation'
import type { FilterTexts } from '@/lib/event-filter/filter-fields'
import { eventsHref } from './event-addresses'
import { OFFERED_SPANS } from './filter-labels'

type Props = {
  texts: FilterTexts
  path?: string
  /** What is shown when no time is chosen. */
  usual?: string
}

/** Which span of time before now is shown. */
export function SpanSelect({ texts, path, usual = 'Any time' }: Props) {
  const router = useRouter()
  const [pending, startTransition] = useTransition()
  const chosen = texts.from || texts.to ? 'custom' : (texts.within?.[0] ?? '')
  const offered = OFFERED_SPANS.some(([span]) => span === chosen)
  return (
    <select
      aria-label="Time"
      aria-busy={pending}
      className="h-8 rounded-md border bg-surface px-2 text-sm"
      value={chosen}
      onChange={({ target }) =>
        startTransition(() =>
          router.push(eventsHref({ ...texts, from: [], to: [], within: [target.value] }, path)),
        )
      }
    >
      <option value="">{usual}</option>
      {OFFERED_SPANS.map(([span, name]) => (
        <option key={span} value={span}>
          Last {name}
        </option>
      ))}
      {chosen !== '' && !offered && (
        <option value={chosen} disabled>
          {chosen === 'custom' ? 'Chosen time' : `Last ${chosen}`}
        </option>
      )}
    </select>
  )
}
