import type { Filter, ListView } from './list-view'

/** A column that is filtered by only, and by links only: whose values are ids that nobody types. */
export const PARTNERSHIP_KEY = 'partnershipKey'

/** The filter for what belongs to one partnership, in the lists of contacts and attachments. */
export function partnershipFilter(key: { companyUuid: string; uuid: string }): Filter {
  return { column: PARTNERSHIP_KEY, operator: 'is', values: [key.companyUuid, key.uuid] }
}

/** The one partnership that a view is about, if it is. */
export function partnershipOf({ filters }: ListView): { companyUuid: string; uuid: string } | null {
  const [companyUuid, uuid] = filters.find(({ column }) => column === PARTNERSHIP_KEY)?.values ?? []
  return companyUuid && uuid ? { companyUuid, uuid } : null
}
