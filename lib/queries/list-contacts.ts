import { requireUser } from '@/lib/auth/current-user'
import { Prisma } from '@/lib/db'
import { InvalidAddressError } from '@/lib/errors'
import { PAGE_SIZE, toPage, type Page, type PagePosition } from '@/lib/pagination'
import { contactRows, type ContactRow } from './contact-rows'
import { countUpTo, type BoundedCount } from './count-up-to'
import { countMatches, filteredKeys } from './filtered-keys'
import { oneOf } from './list-address'
import type { RecordKey } from './record-key'
import { readParam, readPosition, type SearchParams } from './read-search-params'
import { searchCondition } from './search-condition'

const COUNT_LIMIT = 100_000

// No "changed" here: no index holds the contacts in that order.
export const CONTACT_SORTS = ['name', '-name'] as const

export type ContactFilters = {
  q?: string
  sort: (typeof CONTACT_SORTS)[number]
  partnership?: RecordKey
}

/** `matches` is null when nothing is searched or filtered for. */
export type ContactList = {
  page: Page<ContactRow>
  total: BoundedCount
  matches: BoundedCount | null
}

/**
 * What the address of the list of contacts asks for.
 *
 * @throws InvalidAddressError when it says something that Waggle does not know.
 */
export function readContactAddress(params: SearchParams): {
  filters: ContactFilters
  position: PagePosition
} {
  const q = readParam(params, 'q')
  const uuid = readParam(params, 'partnership')
  const companyUuid = readParam(params, 'company')
  if ((uuid === undefined) !== (companyUuid === undefined)) {
    throw new InvalidAddressError(
      'The contacts of one partnership need both “partnership” and “company” in the address.',
    )
  }
  return {
    filters: {
      ...(q && { q }),
      sort: oneOf(params, 'sort', CONTACT_SORTS),
      ...(uuid && companyUuid && { partnership: { companyUuid, uuid } }),
    },
    position: readPosition(params),
  }
}

/**
 * A page of the contacts whose name, e-mail or company has what is searched for.
 *
 * @throws UnauthenticatedError without a signed-in user.
 * @throws InvalidAddressError when the search or the position can't be one of this list.
 */
export async function listContacts(
  { q, sort, partnership }: ContactFilters,
  position: PagePosition,
  pageSize: number = PAGE_SIZE,
): Promise<ContactList> {
  await requireUser()
  const search = searchCondition(q)
  const conditions = search ? [search] : []
  if (partnership) {
    const { companyUuid, uuid } = partnership
    conditions.push(Prisma.sql`company_uuid = ${companyUuid} AND partnership_uuid = ${uuid}`)
  }
  const filter = conditions.length > 0 ? Prisma.join(conditions, ' AND ') : null
  const limit = pageSize + 1
  const order = { sort, position }
  const keys = filteredKeys({ list: 'contact', ...order, filter, limit })
  const [found, matches, total] = await Promise.all([
    keys.then((found) => contactRows(found, order)),
    countMatches('contact', filter),
    countUpTo(COUNT_LIMIT, Prisma.sql`SELECT 1 FROM contact`),
  ])
  const page = toPage(found, position, (row) => [row.sortKey, row.companyUuid, row.uuid], pageSize)
  return { page, total, matches }
}
