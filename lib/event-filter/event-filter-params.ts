import type { EventFilter } from './event-filter'
import { writeFilterTexts } from './filter-fields'

/** A filter as the query of an address: the inverse of `readEventFilter`. */
export function eventFilterParams(filter: EventFilter): URLSearchParams {
  const params = new URLSearchParams()
  for (const [field, texts] of Object.entries(writeFilterTexts(filter))) {
    for (const text of texts) params.append(field, text)
  }
  return params
}
