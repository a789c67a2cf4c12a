import { InvalidAddressError } from '@/lib/errors'
import type { SearchParams } from '@/lib/search-params'
import type { EventFilter } from './event-filter'
import { isFilterField, readFilterTexts, type FilterTexts } from './filter-fields'

/**
 * The filter in the query of an address: the inverse of `eventFilterParams`.
 *
 * @param others The parameters that the page has besides.
 * @throws InvalidAddressError for what is malformed and for parameters that nobody knows: a filter that is
 *   misspelled must not mean every event.
 */
export function readEventFilter(
  params: SearchParams | URLSearchParams,
  others: readonly string[] = [],
): EventFilter {
  const texts: FilterTexts = {}
  for (const [name, values] of valuesOf(params)) {
    if (others.includes(name) || values.every((value) => value === '')) continue
    if (!isFilterField(name)) {
      throw new InvalidAddressError(
        `Events can’t be filtered by “${name.slice(0, 100).toWellFormed()}”.`,
      )
    }
    texts[name] = values
  }
  return readFilterTexts(texts)
}

function valuesOf(params: SearchParams | URLSearchParams): [string, string[]][] {
  if (params instanceof URLSearchParams) {
    return [...new Set(params.keys())].map((name) => [name, params.getAll(name)])
  }
  return Object.entries(params).map(([name, value]) => [name, [value ?? []].flat()])
}
