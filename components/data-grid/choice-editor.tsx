'use client'

import { useRef, useState } from 'react'
import { Skeleton } from '@/components/ui/skeleton'
import { formatBoundedCount } from '@/lib/format'
import type { EditorProps } from './filter-editor'
import { useFacet, type FacetValue } from './use-facet'

/** A searchable list of what the column holds, with counts, to be ticked off. */
export function ChoiceEditor({ column, values, onChange }: EditorProps) {
  const { facet, failed } = useFacet(column)
  const [text, setText] = useState('')
  const list = useRef<HTMLDivElement>(null)
  // Those that were chosen when it opened come first; afterwards nothing moves under the pointer.
  const [first] = useState(values)

  const typed = text.trim()
  const offered = offer(facet?.values ?? [], first, values, (value) => labelOf(value))
  const found = offered.filter(({ label }) => label.toLowerCase().includes(typed.toLowerCase()))
  const unlisted =
    (facet !== null || failed) &&
    typed !== '' &&
    column.type === 'label' &&
    !offered.some(({ label }) => label === typed)

  function labelOf(value: string): string {
    return column.options?.find((option) => option.value === value)?.label || value
  }

  function tick(value: string, on: boolean) {
    onChange(on ? [...values, value] : values.filter((each) => each !== value))
  }

  function step(event: React.KeyboardEvent) {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (!by) return
    event.preventDefault()
    const stops = [...(list.current?.querySelectorAll<HTMLElement>('input') ?? [])]
    stops[stops.indexOf(document.activeElement as HTMLElement) + by]?.focus()
  }

  return (
    <div ref={list} className="flex min-h-0 flex-col" onKeyDown={step}>
      <input
        type="search"
        autoFocus
        aria-label="Search the values"
        placeholder="Search the values"
        value={text}
        autoComplete="off"
        spellCheck={false}
        className="mx-2 mt-2 h-8 shrink-0 rounded-md border bg-surface px-2"
        onChange={(event) => setText(event.target.value)}
      />
      <fieldset className="min-h-0 overflow-y-auto p-1" aria-busy={!facet && !failed}>
        <legend className="sr-only">Values of {column.label.slice(0, 80)}</legend>
        {found.map((each) => (
          <Choice
            key={each.value}
            choice={each}
            checked={values.includes(each.value)}
            onTick={(on) => tick(each.value, on)}
          />
        ))}
        {unlisted && (
          <Choice
            choice={{ value: typed, label: typed, count: null, exact: true }}
            checked={false}
            onTick={() => {
              tick(typed, true)
              setText('')
            }}
          />
        )}
        {!facet && !failed && <Waiting />}
      </fieldset>
      <p role="status" className="shrink-0 px-3 pb-2 text-xs text-muted empty:hidden">
        {failed && 'The values could not be counted. Type one to filter by it.'}
        {facet && found.length === 0 && !unlisted && 'Nothing is called so.'}
        {facet?.more && typed === '' && 'The most frequent values. Type to name another.'}
      </p>
    </div>
  )
}

/** What was chosen and what the column holds, each once. */
function offer(
  held: FacetValue[],
  first: string[],
  values: string[],
  labelOf: (value: string) => string,
): FacetValue[] {
  const byValue = new Map(held.map((each) => [each.value, each]))
  const named = [...new Set([...first, ...values.filter((value) => !byValue.has(value))])]
  const chosen = named.map(
    (value) => byValue.get(value) ?? { value, label: labelOf(value), count: null, exact: true },
  )
  return [...chosen, ...held.filter(({ value }) => !named.includes(value))]
}

type ChoiceProps = { choice: FacetValue; checked: boolean; onTick: (on: boolean) => void }

function Choice({ choice: { label, count, exact }, checked, onTick }: ChoiceProps) {
  return (
    <label className="flex min-h-8 items-center gap-2 rounded-md px-2 hover:bg-subtle has-focus-visible:bg-subtle">
      <input
        type="checkbox"
        checked={checked}
        className="shrink-0 accent-(--accent-solid)"
        onChange={(event) => onTick(event.target.checked)}
      />
      <bdi className="min-w-0 flex-1 truncate" title={label.slice(0, 1_000)}>
        {label}
      </bdi>
      {count !== null && (
        <span className="shrink-0 text-xs text-muted">{formatBoundedCount({ count, exact })}</span>
      )}
    </label>
  )
}

function Waiting() {
  return [0, 1, 2].map((each) => (
    <div key={each} className="flex h-8 items-center px-2">
      <Skeleton className="h-3 w-3/5" />
    </div>
  ))
}
