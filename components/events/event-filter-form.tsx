'use client'

import { useTransition } from 'react'
import { usePathname, useRouter, useSearchParams } from 'next/navigation'
import { EVENT_STATUS, type Status } from './event-status'

const SELECT = 'h-8 max-w-52 rounded-md border bg-surface px-2 text-sm'

/** Writes `?type=` and `?status=`; the search stays, the page starts anew. */
export function EventFilterForm({ types }: { types: string[] }) {
  const router = useRouter()
  const pathname = usePathname()
  const params = useSearchParams()
  const [pending, startTransition] = useTransition()
  const type = params.get('type') ?? ''
  const options = type && !types.includes(type) ? [...types, type] : types

  function choose(name: string, value: string) {
    const next = new URLSearchParams(params)
    for (const stale of [name, 'after', 'before']) next.delete(stale)
    if (value) next.set(name, value)
    startTransition(() => router.replace(`${pathname}?${next}`, { scroll: false }))
  }

  return (
    <div className="flex flex-wrap gap-2" aria-busy={pending}>
      <select
        aria-label="Event type"
        className={SELECT}
        value={type}
        onChange={(event) => choose('type', event.target.value)}
      >
        <option value="">All types</option>
        {options.map((option) => (
          <option key={option} value={option}>
            {option}
          </option>
        ))}
      </select>
      <select
        aria-label="Status"
        className={SELECT}
        value={params.get('status') ?? ''}
        onChange={(event) => choose('status', event.target.value)}
      >
        <option value="">All statuses</option>
        {(Object.keys(EVENT_STATUS) as Status[]).map((status) => (
          <option key={status} value={status}>
            {EVENT_STATUS[status].label}
          </option>
        ))}
      </select>
    </div>
  )
}
