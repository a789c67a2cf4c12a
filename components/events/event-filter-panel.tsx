'use client'

import { useTransition } from 'react'
import { useRouter } from 'next/navigation'
import type { PanelProps } from '@/components/data-grid/menu-button'
import { Button } from '@/components/ui/button'
import { Popover } from '@/components/ui/popover'
import type { FilterField, FilterTexts } from '@/lib/event-filter/filter-fields'
import { eventsHref } from './event-addresses'
import { EVENT_STATUS, type Status } from './event-status'
import { FILTER_LABELS } from './filter-labels'

const ID_FIELDS = ['partnership', 'contact', 'room', 'message', 'company'] as const
const INPUT = 'h-8 w-full rounded-md border bg-surface px-2'
const LABEL = 'block text-xs text-muted'

type Props = PanelProps & { texts: FilterTexts; types: string[] }

/** Every filter at once: what is filled in must hold, of several types or statuses any one. */
export function FilterPanel({ anchor, onClose, texts, types }: Props) {
  const router = useRouter()
  const [pending, startTransition] = useTransition()
  const offered = [...new Set([...types, ...(texts.type ?? [])])]

  function apply(event: React.FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const all = (field: FilterField) => form.getAll(field).map((value) => String(value).trim())
    const [from, to] = [momentOf(form.get('from')), momentOf(form.get('to'))]
    const next: FilterTexts = {
      q: texts.q,
      ids: texts.ids,
      within: from.length + to.length > 0 ? [] : texts.within,
      from,
      to,
    }
    const fields = ['type', 'status', ...ID_FIELDS, 'error', 'duplicate', 'text'] as const
    for (const field of fields) next[field] = all(field).filter((text) => text !== '')
    onClose()
    startTransition(() => router.push(eventsHref(next)))
  }

  return (
    <Popover anchor={anchor} label="Filter events" className="w-96" onClose={onClose}>
      <form className="flex min-h-0 flex-col" onSubmit={apply} aria-busy={pending}>
        <div className="min-h-0 space-y-3 overflow-y-auto p-3">
          <Field label={FILTER_LABELS.text}>
            <input
              name="text"
              autoFocus
              maxLength={200}
              defaultValue={texts.text?.[0]}
              placeholder="A name, an id, a piece of JSON"
              spellCheck={false}
              autoComplete="off"
              className={INPUT}
            />
            <span className="mt-1 block">Bodies of deleted messages are not looked into.</span>
          </Field>
          <Choices field="status" chosen={texts.status} options={Object.keys(EVENT_STATUS)} />
          <Choices field="type" chosen={texts.type} options={offered} />
          <div className="grid grid-cols-2 gap-2">
            <Field label={FILTER_LABELS.from}>
              <input
                name="from"
                type="datetime-local"
                step="1"
                defaultValue={localOf(texts.from?.[0])}
                className={INPUT}
              />
            </Field>
            <Field label={FILTER_LABELS.to}>
              <input
                name="to"
                type="datetime-local"
                step="1"
                defaultValue={localOf(texts.to?.[0])}
                className={INPUT}
              />
            </Field>
          </div>
          {ID_FIELDS.map((field) => (
            <Field key={field} label={FILTER_LABELS[field]}>
              <input
                name={field}
                maxLength={200}
                defaultValue={texts[field]?.[0]}
                placeholder="Its whole uuid"
                spellCheck={false}
                autoComplete="off"
                className={`${INPUT} font-mono text-xs`}
              />
            </Field>
          ))}
          <div className="grid grid-cols-2 gap-2">
            <Field label="Error code">
              <input
                name="error"
                maxLength={200}
                defaultValue={texts.error?.[0]}
                placeholder="schema_mismatch"
                spellCheck={false}
                autoComplete="off"
                className={`${INPUT} font-mono text-xs`}
              />
            </Field>
            <Field label={FILTER_LABELS.duplicate}>
              <select name="duplicate" defaultValue={texts.duplicate?.[0] ?? ''} className={INPUT}>
                <option value="">Either</option>
                <option value="yes">Only duplicates</option>
                <option value="no">No duplicates</option>
              </select>
            </Field>
          </div>
        </div>
        <div className="flex shrink-0 justify-end gap-2 border-t p-2">
          <Button size="sm" onClick={onClose}>
            Cancel
          </Button>
          <Button size="sm" variant="primary" type="submit">
            Show events
          </Button>
        </div>
      </form>
    </Popover>
  )
}

function Field({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <label className="block space-y-1">
      <span className={LABEL}>{label}</span>
      {children}
    </label>
  )
}

type ChoicesProps = { field: 'type' | 'status'; chosen?: string[]; options: string[] }

function Choices({ field, chosen = [], options }: ChoicesProps) {
  return (
    <fieldset>
      <legend className={LABEL}>{FILTER_LABELS[field]}</legend>
      <div className={field === 'status' ? 'grid grid-cols-2' : undefined}>
        {options.map((option) => (
          <label
            key={option}
            className="flex min-h-7 items-center gap-2 rounded-md px-1 hover:bg-subtle has-focus-visible:bg-subtle"
          >
            <input
              type="checkbox"
              name={field}
              value={option}
              defaultChecked={chosen.includes(option)}
              className="shrink-0 accent-(--accent-solid)"
            />
            {field === 'status' ? (
              EVENT_STATUS[option as Status].label
            ) : (
              <bdi className="min-w-0 truncate font-mono text-xs" title={option}>
                {option}
              </bdi>
            )}
          </label>
        ))}
      </div>
    </fieldset>
  )
}

// The browser's own time, without a zone, both ways.
function momentOf(value: FormDataEntryValue | null): string[] {
  const ms = typeof value === 'string' && value !== '' ? new Date(value).getTime() : NaN
  return Number.isNaN(ms) ? [] : [new Date(ms).toISOString()]
}

function localOf(iso: string | undefined): string | undefined {
  if (!iso) return undefined
  const moment = new Date(iso)
  return new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000).toISOString().slice(0, 19)
}
