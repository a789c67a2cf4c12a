import { isFilterField, type FilterTexts } from '@/lib/event-filter/filter-fields'
import { FILTER_LABELS } from './filter-labels'

const SHOWN = 3

/** Which events a run is about, in words. */
export function FilterSummary({ texts }: { texts: FilterTexts | Record<string, string[]> }) {
  const fields = Object.entries(texts).filter(([, values]) => values && values.length > 0)
  if (fields.length === 0) return <>Every event</>
  return (
    <span className="flex min-w-0 flex-wrap gap-x-3 gap-y-0.5">
      {fields.map(([field, values = []]) => (
        <span key={field} className="line-clamp-4 min-w-0 wrap-anywhere">
          <span className="text-muted">
            {isFilterField(field) ? FILTER_LABELS[field] : field}:{' '}
          </span>
          <bdi>{values.slice(0, SHOWN).join(', ')}</bdi>
          {values.length > SHOWN && ` and ${values.length - SHOWN} more`}
        </span>
      ))}
    </span>
  )
}
