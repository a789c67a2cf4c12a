import type { Filter } from './list-view'

/** The filter for what belongs to one partnership, in the lists of contacts and attachments. */
export function partnershipFilter(key: { companyUuid: string; uuid: string }): Filter {
  return { column: 'partnershipKey', operator: 'is', values: [key.companyUuid, key.uuid] }
}
