import { FILTER_FIELDS, type FilterField, type FilterTexts } from '@/lib/event-filter/filter-fields'

/** The list of events under a filter, as texts by field. */
export function eventsHref(texts: FilterTexts, path = '/events'): string {
  const params = new URLSearchParams()
  for (const field of FILTER_FIELDS) {
    for (const text of texts[field] ?? []) if (text) params.append(field, text)
  }
  const query = params.toString()
  return query ? `${path}?${query}` : path
}

/** The same filter without a field, or without one of its values. */
export function withoutField(texts: FilterTexts, field: FilterField, value?: string): FilterTexts {
  const left = value === undefined ? [] : (texts[field] ?? []).filter((text) => text !== value)
  return { ...texts, [field]: left }
}

/** The same filter over another span of time. */
export function withTimes(texts: FilterTexts, fromMs: number, toMs: number): FilterTexts {
  return {
    ...texts,
    within: [],
    from: [new Date(fromMs).toISOString()],
    to: [new Date(toMs).toISOString()],
  }
}
