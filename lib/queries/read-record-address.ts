import { InvalidAddressError } from '@/lib/errors'
import { decodeSegment } from './decode-segment'
import { readParam, type SearchParams } from './read-search-params'

/** The properties of a page whose address ends in a record's uuid. */
export type RecordAddress = {
  params: Promise<{ uuid: string }>
  searchParams: Promise<SearchParams>
}

/**
 * The record that an address names; null when no id that could have been stored is in it.
 */
export async function readRecordAddress(
  address: RecordAddress,
): Promise<{ uuid: string; companyUuid?: string } | null> {
  const [{ uuid: segment }, params] = await Promise.all([address.params, address.searchParams])
  const uuid = decodeSegment(segment)
  if (uuid === null) return null
  try {
    return { uuid, companyUuid: readParam(params, 'company') }
  } catch (error) {
    // A company that no record can have.
    if (error instanceof InvalidAddressError) return null
    throw error
  }
}
