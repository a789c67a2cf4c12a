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
    if (others.includes(name)) continue
    if (!isFilterField(name)) {
      throw new InvalidAddressError(
        `Events can’t be filtered by “${name.slice(0, 100).toWellFormed()}”.`,
      )
    }
    // A form sends what nobody has filled in.
    if (values.some((value) => value !== '')) texts[name] = values
  }
  return readFilterTexts(texts)
}

/**
 * The filter in a query that a page hands to an action, which may be anything. Every event is meant by the empty query
 * alone: a name without a value is what is left of an address that was cut off.
 *
 * @throws InvalidAddressError as readEventFilter does.
 */
export function readEventQuery(query: unknown): EventFilter {
  if (typeof query !== 'string') {
    throw new InvalidAddressError('It is not said which events are meant.')
  }
  const params = new URLSearchParams(query)
  const filter = readEventFilter(params)
  for (const [name, value] of params) {
    if (value === '') throw new InvalidAddressError(`“${name}” has no value.`)
  }
  return filter
}

function valuesOf(params: SearchParams | URLSearchParams): [string, string[]][] {
  if (params instanceof URLSearchParams) {
    return [...new Set(params.keys())].map((name) => [name, params.getAll(name)])
  }
  return Object.entries(params).map(([name, value]) => [name, [value ?? []].flat()])
}
