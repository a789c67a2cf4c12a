import { InvalidAddressError } from '@/lib/errors'
import { decodeCursor, type PagePosition } from '@/lib/pagination'
import { readParam, type SearchParams } from './read-search-params'
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
export type DecodedPosition = [string | Date, ...string[]] | null

/**
 * @param first What the first key value is.
 * @param ids How many ids follow it.
 * @throws InvalidAddressError when the cursor does not belong to such a list.
 */
export function decodePosition(
  position: PagePosition,
  first: 'text' | 'time',
  ids: number,
): DecodedPosition {
  const cursor = position.before ?? position.after
  if (cursor === undefined) return null
  if (first === 'time') {
    const { time, texts } = decodeTimeCursor(cursor, ids)
    return [time, ...texts]
  }
  const [head, ...texts] = decodeCursor(cursor, ids + 1)
  if (isStorable(head) && texts.every(isStorable)) return [head, ...texts]
  throw new InvalidAddressError('The page in this address does not exist.')
}

function isStorable(value: string | number | undefined): value is string {
  return typeof value === 'string' && !value.includes('\u0000') && value.isWellFormed()
}
