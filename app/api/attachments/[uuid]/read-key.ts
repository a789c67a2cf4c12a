import type { AttachmentKey } from '@/lib/queries/find-attachment-file'
import { decodeSegment } from '@/lib/queries/decode-segment'
import { readParam, type SearchParams } from '@/lib/queries/read-search-params'

/**
 * The attachment that an address names; null when no id that could have been stored is in it.
 *
 * @throws InvalidAddressError
 */
export function readKey(segment: string, query: SearchParams): AttachmentKey | null {
  const uuid = decodeSegment(segment)
  const companyUuid = readParam(query, 'company')
  const messageUuid = readParam(query, 'message')
  if (uuid === null || companyUuid === undefined || messageUuid === undefined) return null
  return { companyUuid, messageUuid, uuid }
}
