import { InvalidAddressError } from '@/lib/errors'
import { readParam, type SearchParams } from './room-filters'

/** The properties of a page whose address ends in a record's uuid. */
export type RecordAddress = {
  params: Promise<{ uuid: string }>
  searchParams: Promise<SearchParams>
}

const MAX_ID_LENGTH = 200

/**
 * The record that an address names; null when no id that could have been stored is in it.
 */
export async function readRecordAddress(
  address: RecordAddress,
): Promise<{ uuid: string; companyUuid?: string } | null> {
  const [{ uuid: segment }, params] = await Promise.all([address.params, address.searchParams])
  try {
    const uuid = decodeURIComponent(segment)
    if (uuid.length > MAX_ID_LENGTH || uuid.includes('\u0000')) return null
    return { uuid, companyUuid: readParam(params, 'company') }
  } catch (error) {
    // A segment that is not percent-encoded text, or a company that no record can have.
    if (error instanceof URIError || error instanceof InvalidAddressError) return null
    throw error
  }
}
