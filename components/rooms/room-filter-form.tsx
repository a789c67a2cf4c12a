import Link from 'next/link'
import { Button } from '@/components/ui/button'

export type ShownFilters = {
  q?: string
  partnership?: { companyUuid: string; uuid: string }
  author?: string
  type?: string
  files?: 'yes' | 'no'
  from?: Date
  to?: Date
}

const FIELD = 'h-8 rounded-md border bg-surface px-2 text-sm'

/** Writes the filters into the address. A form, so that it works before, and without, any script. */
export function RoomFilterForm({ filters, types }: { filters: ShownFilters; types: string[] }) {
  const { q, partnership, author, type, files, from, to } = filters
  const options = type !== undefined && !types.includes(type) ? [...types, type] : types
  const isFiltered = Object.keys(filters).some((name) => name !== 'q')
  return (
    <form
      // The fields keep what was typed in them: they begin anew where the address says something else.
      key={JSON.stringify(filters)}
      action="/rooms"
      aria-label="Filters"
      className="group/filters mb-3 flex flex-wrap items-end gap-x-3 gap-y-2"
    >
      {q && <input type="hidden" name="q" value={q} />}
      {partnership && <input type="hidden" name="partnership" value={partnership.uuid} />}
      {partnership && <input type="hidden" name="company" value={partnership.companyUuid} />}
      {/* Folded on a phone, where they would fill the screen; a checkbox does it without scripts. */}
      <label className="flex h-10 items-center gap-2 rounded-md border bg-surface px-3 text-sm has-focus-visible:outline-2 sm:hidden">
        <input type="checkbox" defaultChecked={isFiltered} className="size-4 accent-accent-solid" />
        Show filters
      </label>
      <div className="hidden w-full flex-wrap items-end gap-x-3 gap-y-2 group-has-[input:checked]/filters:flex sm:flex">
        <Field label="Author">
          <input
            name="author"
            defaultValue={author}
            placeholder="Name or e-mail"
            maxLength={200}
            autoComplete="off"
            className={`${FIELD} w-44 placeholder:text-muted`}
          />
        </Field>
        <Field label="Partner type">
          <select name="type" defaultValue={type ?? ''} className={`${FIELD} max-w-44`}>
            <option value="">All types</option>
            {options.map((option) => (
              <option key={option} value={option}>
                {option}
              </option>
            ))}
          </select>
        </Field>
        <Field label="Files">
          <select name="files" defaultValue={files ?? ''} className={FIELD}>
            <option value="">With and without</option>
            <option value="yes">With files</option>
            <option value="no">Without files</option>
          </select>
        </Field>
        <Field label="Active from">
          <input type="date" name="from" defaultValue={dayOf(from)} className={FIELD} />
        </Field>
        <Field label="Active until">
          <input type="date" name="to" defaultValue={dayOf(to)} className={FIELD} />
        </Field>
        <Button type="submit">Filter</Button>
        {isFiltered && (
          <Button variant="ghost" asChild>
            <Link href={q ? `/rooms?q=${encodeURIComponent(q)}` : '/rooms'}>Clear</Link>
          </Button>
        )}
      </div>
    </form>
  )
}

function Field({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <label className="flex flex-col gap-1 text-xs text-muted">
      {label}
      <span className="text-foreground">{children}</span>
    </label>
  )
}

function dayOf(moment: Date | undefined): string | undefined {
  return moment?.toISOString().slice(0, 10)
}
