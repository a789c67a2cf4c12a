import type { EventFilterJson } from '@/lib/event-filter/event-filter-json'

const NAMES: Record<string, string> = {
  q: 'About',
  ids: 'Chosen',
  type: 'Type',
  status: 'Status',
  company: 'Company',
  partnership: 'Partnership',
  room: 'Room',
  contact: 'Contact',
  message: 'Message',
  error: 'Error',
  duplicate: 'Repeats another',
  within: 'Received within',
  from: 'Received from',
  to: 'Received before',
  text: 'Text in the body',
}

/** A filter in words: everything that an event must be. */
export function FilterSummary({ filter }: { filter: EventFilterJson }) {
  const entries = Object.entries(filter).filter(([, values]) => values.length > 0)
  if (entries.length === 0) return <span>Every event</span>
  return (
    <ul className="space-y-0.5">
      {entries.map(([field, values]) => (
        <li key={field} className="line-clamp-4 wrap-anywhere">
          <span className="text-muted">{NAMES[field] ?? field}: </span>
          {field === 'ids' && values.length > 1 ? (
            `${values.length} events`
          ) : (
            <bdi className="font-mono text-xs">{values.join(', ')}</bdi>
          )}
        </li>
      ))}
    </ul>
  )
}
