import { InvalidAddressError } from '@/lib/errors'
import { decodeCursor, type PagePosition } from '@/lib/pagination'
import { readParam, type SearchParams } from './room-filters'
import { decodeTimeCursor } from './time-cursor'

/**
 * One of the allowed values of a parameter, the first when it is absent.
 *
 * @throws InvalidAddressError for any other value.
 */
export function oneOf<Value extends string>(
  params: SearchParams,
  name: string,
  allowed: readonly [Value, ...Value[]],
): Value {
  const value = readParam(params, name)
  if (value === undefined) return allowed[0]
  const found = allowed.find((candidate) => candidate === value)
  if (found === undefined) {
    throw new InvalidAddressError(`“${name}” can be ${allowed.join(', ')}; nothing else.`)
  }
  return found
}

/** The row that a position names, as its key values in the order of the list; null on the first page. */
export type DecodedPosition = { backwards: boolean; key: [string | Date, string, string] | null }

/**
 * @param first What the first key value is; the company and the uuid follow.
 * @throws InvalidAddressError when the cursor does not belong to such a list.
 */
export function decodePosition(position: PagePosition, first: 'text' | 'time'): DecodedPosition {
  const cursor = position.before ?? position.after
  const backwards = position.before !== undefined
  if (cursor === undefined) return { backwards, key: null }
  if (first === 'time') {
    const { time, texts } = decodeTimeCursor(cursor, 2)
    return { backwards, key: [time, texts[0] ?? '', texts[1] ?? ''] }
  }
  const [head, company, uuid] = decodeCursor(cursor, 3)
  if (isStorable(head) && isStorable(company) && isStorable(uuid)) {
    return { backwards, key: [head, company, uuid] }
  }
  throw new InvalidAddressError('The page in this address does not exist.')
}

function isStorable(value: string | number | undefined): value is string {
  return typeof value === 'string' && !value.includes('\u0000') && value.isWellFormed()
}
