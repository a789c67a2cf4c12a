'use client'

import { useState } from 'react'
import { clsx } from 'clsx'
import { Check } from 'lucide-react'
import { Button } from '@/components/ui/button'
import type { Filter } from '@/lib/list-view/list-view'
import { SPANS } from './filter-words'

const FIELD = 'mt-1 block h-8 w-full min-w-0 rounded-md border bg-surface px-1.5 text-sm'

type Props = {
  operator: Filter['operator']
  values: string[]
  onChange: (values: string[], operator: Filter['operator']) => void
  onClose: () => void
}

/** Days from one to another, either may be open, or a span that moves with today. */
export function DateEditor({ operator, values, onChange, onClose }: Props) {
  const range = operator === 'between' ? values : []
  const [from, setFrom] = useState(range[0] ?? '')
  const [to, setTo] = useState(range[1] ?? '')
  const crossed = from !== '' && to !== '' && from > to

  return (
    <div className="min-h-0 overflow-y-auto">
      <ul aria-label="Spans" className="p-1">
        {SPANS.map(([value, label], at) => {
          const chosen = operator === 'within' && values[0] === value
          return (
            <li key={value}>
              <button
                type="button"
                autoFocus={at === 0 && range.length === 0}
                aria-pressed={chosen}
                className={clsx(
                  'flex h-7 w-full items-center justify-between rounded-md px-2 text-start -outline-offset-2 hover:bg-subtle',
                  chosen && 'font-medium',
                )}
                onClick={() => {
                  onChange([value], 'within')
                  onClose()
                }}
              >
                {label[0]?.toUpperCase() + label.slice(1)}
                {chosen && <Check aria-hidden className="size-4" />}
              </button>
            </li>
          )
        })}
      </ul>
      <form
        className="space-y-2 border-t p-2"
        onSubmit={(event) => {
          event.preventDefault()
          if (crossed) return
          onChange(from || to ? [from, to] : [], 'between')
          onClose()
        }}
      >
        <div className="flex gap-2">
          <label className="min-w-0 flex-1 text-xs text-muted">
            From
            <input
              type="date"
              value={from}
              className={FIELD}
              autoFocus={range.length > 0}
              onChange={(event) => setFrom(event.target.value)}
            />
          </label>
          <label className="min-w-0 flex-1 text-xs text-muted">
            To
            <input
              type="date"
              value={to}
              className={FIELD}
              onChange={(event) => setTo(event.target.value)}
            />
          </label>
        </div>
        <div className="flex items-center justify-end gap-2">
          <p role={crossed ? 'alert' : undefined} className="flex-1 text-xs text-muted">
            {crossed ? 'The first day is after the last.' : 'Days in UTC, both included.'}
          </p>
          <Button type="submit" variant="primary">
            Apply
          </Button>
        </div>
      </form>
    </div>
  )
}
