import { InvalidAddressError } from '@/lib/errors'
import type { PagePosition } from '@/lib/pagination'

export type SearchParams = Record<string, string | string[] | undefined>

/** Which partnership's rooms to list, and a part of its name to search for. */
export type RoomFilters = {
  q?: string
  partnership?: { companyUuid: string; uuid: string }
}

// Ids have at most 200 characters (journeybee.md, Identifiers); a cursor holds up to four keys.
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
    throw new InvalidAddressError(`This address names "${name}" more than once.`)
  }
  if (value.length > maxLength || value.includes('\u0000') || !value.isWellFormed()) {
    throw new InvalidAddressError(`The value of "${name}" in this address can't be read.`)
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

/**
 * The filters of the list of rooms. A partnership is named by its company and its uuid, like everywhere.
 *
 * @throws InvalidAddressError when only one of the two is given.
 */
export function readRoomFilters(params: SearchParams): RoomFilters {
  const q = readParam(params, 'q')?.trim()
  const uuid = readParam(params, 'partnership')
  const companyUuid = readParam(params, 'company')
  if ((uuid === undefined) !== (companyUuid === undefined)) {
    throw new InvalidAddressError(
      'To show the rooms of one partnership the address needs both "partnership" and "company".',
    )
  }
  return {
    ...(q && { q }),
    ...(uuid !== undefined && companyUuid !== undefined && { partnership: { companyUuid, uuid } }),
  }
}
