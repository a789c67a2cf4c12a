import { InvalidAddressError } from '@/lib/errors'
import type { PagePosition } from '@/lib/pagination'
import { readParam, type SearchParams } from '@/lib/search-params'

export { readParam, type SearchParams }

// A cursor holds up to four keys.
const MAX_CURSOR_LENGTH = 4_000

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
