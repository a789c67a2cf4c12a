import { formatCount } from '@/lib/format'
import type { FieldOption } from '@/lib/queries/find-custom-field'

/** The options that a field lets people choose from, with the ids that values carry. */
export function FieldOptions({ options, total }: { options: FieldOption[]; total: number }) {
  return (
    <div className="max-h-96 overflow-y-auto" tabIndex={0} role="group" aria-label="Options">
      <ul className="text-sm">
        {options.map((option, index) => (
          <li
            key={index}
            className="flex justify-between gap-4 border-b px-4 py-1.5 last:border-b-0"
          >
            <bdi className="min-w-0">{option.label || '—'}</bdi>
            <span className="max-w-1/2 font-mono text-xs leading-5 text-muted">
              <bdi>{option.id}</bdi>
            </span>
          </li>
        ))}
      </ul>
      {total > options.length && (
        <p className="px-4 py-2 text-xs text-muted">
          and {formatCount(total - options.length)} more
        </p>
      )}
    </div>
  )
}
