import { Badge, type BadgeTone } from '@/components/ui/badge'
import type { ForetoldRow } from '@/lib/queries/list-foretold-rows'
import { TABLE_NAMES } from './replay-names'

type Kinds = Record<ForetoldRow['kind'], { label: string; tone: BadgeTone }>
type Words = { rows: string; before: string; after: string; kinds: Kinds }

const FORETOLD: Words = {
  rows: 'Rows that would change',
  before: 'before: ',
  after: 'after: ',
  kinds: {
    added: { label: 'Added', tone: 'green' },
    changed: { label: 'Changed', tone: 'amber' },
    removed: { label: 'Removed', tone: 'red' },
  },
}

/** What a check calls the rows that differ: by how the dashboard stands to the log. */
export const DIFFERING: Words = {
  rows: 'Rows that differ',
  before: 'the dashboard shows: ',
  after: 'the log says: ',
  kinds: {
    added: { label: 'Missing', tone: 'red' },
    changed: { label: 'Differs', tone: 'amber' },
    removed: { label: 'In no event', tone: 'red' },
  },
}

type Props = { rows: ForetoldRow[]; words?: Words }

/** Rows of the read model, each with the fields that would be, or should be, others. */
export function ForetoldRows({ rows, words = FORETOLD }: Props) {
  return (
    <ol className="divide-y" aria-label={words.rows}>
      {rows.map((row) => (
        <li key={row.number} className="px-4 py-3">
          <div className="flex flex-wrap items-baseline gap-x-2 gap-y-1 text-sm">
            <Badge tone={words.kinds[row.kind].tone}>{words.kinds[row.kind].label}</Badge>
            <span className="text-muted">{TABLE_NAMES[row.table] ?? row.table}</span>
            <bdi className="font-mono text-xs [overflow-wrap:anywhere]">{row.subject}</bdi>
            <span className="text-xs text-muted">
              of <bdi className="[overflow-wrap:anywhere]">{row.companyUuid}</bdi>
            </span>
          </div>
          <dl className="mt-1.5 space-y-1 text-xs">
            {row.fields.filter(isTold(row.kind)).map((field) => (
              <div
                key={field.name}
                className="grid gap-x-3 sm:grid-cols-[11rem_minmax(0,1fr)_minmax(0,1fr)]"
              >
                <dt className="font-mono text-muted">{field.name}</dt>
                {row.kind !== 'added' && (
                  <dd className="min-w-0">
                    <span className="sr-only">{words.before}</span>
                    <del className="line-clamp-4 [overflow-wrap:anywhere] text-danger">
                      <bdi>{valueText(field.before)}</bdi>
                    </del>
                  </dd>
                )}
                {row.kind !== 'removed' && (
                  <dd className="min-w-0">
                    <span className="sr-only">{words.after}</span>
                    <ins className="line-clamp-4 [overflow-wrap:anywhere] text-success no-underline">
                      <bdi>{valueText(field.after)}</bdi>
                    </ins>
                  </dd>
                )}
              </div>
            ))}
          </dl>
        </li>
      ))}
    </ol>
  )
}

// Of a whole row that comes or goes, a field without a value says nothing.
function isTold(kind: ForetoldRow['kind']) {
  return ({ before, after }: ForetoldRow['fields'][number]) =>
    kind === 'changed' || (before ?? after) !== null
}

function valueText(value: unknown): string {
  if (value === null || value === undefined) return '—'
  return typeof value === 'string' ? value : JSON.stringify(value)
}
