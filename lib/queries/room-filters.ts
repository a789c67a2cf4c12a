import { InvalidAddressError } from '@/lib/errors'
import { readParam, type SearchParams } from './read-search-params'

/** Which partnership's rooms to list, and a part of its name to search for. */
export type RoomFilters = {
  q?: string
  partnership?: { companyUuid: string; uuid: string }
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
