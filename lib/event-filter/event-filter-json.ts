import { InvalidAddressError } from '@/lib/errors'
import type { FixedEventFilter } from './event-filter'
import { isFilterField, readFilterTexts, writeFilterTexts, type FilterTexts } from './filter-fields'

/** A filter as it is kept with a run: texts by the names that addresses have for them. */
export type EventFilterJson = Record<string, string[]>

/** A filter to be stored. Its times do not move: a run must mean the same events tomorrow. */
export function eventFilterJson(filter: FixedEventFilter): EventFilterJson {
  return writeFilterTexts(filter) as EventFilterJson
}

/**
 * The filter that was stored.
 *
 * @throws InvalidAddressError when it is none, or has a field that this version does not know: it must not
 *   mean more events than it did.
 */
export function readEventFilterJson(json: unknown): FixedEventFilter {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return refuse()
  const texts: FilterTexts = {}
  for (const [name, values] of Object.entries(json)) {
    if (!isFilterField(name) || !isTexts(values)) return refuse()
    texts[name] = values
  }
  const { within, ...filter } = readFilterTexts(texts)
  return within === undefined ? filter : refuse()
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((text) => typeof text === 'string')
}

function refuse(): never {
  throw new InvalidAddressError(
    'The stored filter is not one that this version of Waggle can read.',
  )
}
