import { InvalidAddressError } from '@/lib/errors'
import type { PagePosition } from '@/lib/pagination'

export type SearchParams = Record<string, string | string[] | undefined>

// Ids and event types have at most 200 characters (journeybee.md, Identifiers); a cursor holds up to four
// keys.
const MAX_VALUE_LENGTH = 200
const MAX_CURSOR_LENGTH = 4_000

/**
 * One parameter of an address; undefined when it is missing or empty.
 *
 * @throws InvalidAddressError when it is given twice, too long, or not storable as text.
 */
export function readParam(
  params: SearchParams,
  name: string,
  maxLength: number = MAX_VALUE_LENGTH,
): string | undefined {
  const value = params[name]
  if (value === undefined || value === '') return undefined
  if (typeof value !== 'string') {
    throw new InvalidAddressError(`This address gives “${name}” more than once.`)
  }
  if (value.length > maxLength) {
    throw new InvalidAddressError(
      `In this address “${name}” is longer than ${maxLength} characters.`,
    )
  }
  if (value.includes('\u0000') || !value.isWellFormed()) {
    throw new InvalidAddressError(`In this address “${name}” holds a character that is not text.`)
  }
  return value
}

/** @throws InvalidAddressError when the address points both ways at once. */
export function readPosition(params: SearchParams): PagePosition {
  const after = readParam(params, 'after', MAX_CURSOR_LENGTH)
  const before = readParam(params, 'before', MAX_CURSOR_LENGTH)
  if (after !== undefined && before !== undefined) {
    throw new InvalidAddressError('This address asks for two pages at once.')
  }
  if (before !== undefined) return { before }
  return after === undefined ? {} : { after }
}
