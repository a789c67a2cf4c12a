import { requireUser } from '@/lib/auth/current-user'
import { db, Prisma } from '@/lib/db'
import { PAGE_SIZE, toPage, type Page, type PagePosition } from '@/lib/pagination'
import { countUpTo, type BoundedCount } from './count-up-to'
import { countMatches, filteredKeys } from './filtered-keys'
import { keysOrder, type ListSort } from './keys-page'
import { oneOf } from './list-address'
import { readParam, readPosition, type SearchParams } from './read-search-params'
import { searchCondition } from './search-condition'

const COUNT_LIMIT = 100_000

export const PARTNERSHIP_SORTS = ['name', '-name', 'changed', '-changed'] as const

export type PartnershipFilters = { q?: string; sort: ListSort }

/** A partnership as the list shows it: texts cut to 200 characters, at most 1,000 contacts counted. */
export type PartnershipRow = {
  companyUuid: string
  uuid: string
  name: string | null
  domain: string | null
  stage: string | null
  tier: string | null
  category: string | null
  industry: string | null
  country: string | null
  partnerType: string | null
  contactCount: number
  contactCountExact: boolean
  changedAt: Date
}

/** `matches` is null when nothing is searched for. */
export type PartnershipList = {
  page: Page<PartnershipRow>
  total: BoundedCount
  matches: BoundedCount | null
}

/**
 * What the address of the list of partnerships asks for.
 *
 * @throws InvalidAddressError when it says something that Waggle does not know.
 */
export function readPartnershipAddress(params: SearchParams): {
  filters: PartnershipFilters
  position: PagePosition
} {
  const q = readParam(params, 'q')
  return {
    filters: { ...(q && { q }), sort: oneOf(params, 'sort', PARTNERSHIP_SORTS) },
    position: readPosition(params),
  }
}

/**
 * A page of the partnerships whose name, domain or e-mail has what is searched for.
 *
 * @throws UnauthenticatedError without a signed-in user.
 * @throws InvalidAddressError when the search or the position can't be one of this list.
 */
export async function listPartnerships(
  { q, sort }: PartnershipFilters,
  position: PagePosition,
  pageSize: number = PAGE_SIZE,
): Promise<PartnershipList> {
  await requireUser()
  const filter = searchCondition(q)
  const limit = pageSize + 1
  const [found, matches, total] = await Promise.all([
    findRows({ list: 'partnership', sort, position, filter, limit }),
    countMatches('partnership', filter),
    countUpTo(COUNT_LIMIT, Prisma.sql`SELECT 1 FROM partnership`),
  ])
  const page = toPage(
    found,
    position,
    (row) => [
      sort.endsWith('name') ? row.sortKey : row.changedAt.getTime(),
      row.companyUuid,
      row.uuid,
    ],
    pageSize,
  )
  return { page: { ...page, rows: page.rows.map(toRow) }, total, matches }
}

type FoundRow = PartnershipRow & { sortKey: string }

async function findRows(request: Parameters<typeof filteredKeys>[0]) {
  const keys = await filteredKeys(request)
  return db().$queryRaw<FoundRow[]>`
    WITH page AS MATERIALIZED (${keys})
    SELECT p.company_uuid AS "companyUuid", p.uuid, page.sort_key AS "sortKey",
      page.occurred_at AS "changedAt",
      left(p.company_name, 200) AS name,
      left(p.company_domain, 200) AS domain,
      left(p.stage_label, 200) AS stage,
      left(p.tier_label, 200) AS tier,
      left(p.category_label, 200) AS category,
      left(p.industry_label, 200) AS industry,
      left(p.country_label, 200) AS country,
      left(coalesce(p.partner_type, (
        SELECT r.partner_type FROM room r
        WHERE r.company_uuid = p.company_uuid AND r.partnership_uuid = p.uuid
          AND r.partner_type IS NOT NULL
        ORDER BY r.occurred_at DESC, r.event_seq DESC LIMIT 1)), 200) AS "partnerType",
      least(contacts.count, 1000) AS "contactCount",
      contacts.count <= 1000 AS "contactCountExact"
    FROM page
    JOIN partnership p ON p.company_uuid = page.company_uuid AND p.uuid = page.uuid
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS count FROM (
        SELECT 1 FROM contact c
        WHERE c.company_uuid = p.company_uuid AND c.partnership_uuid = p.uuid LIMIT 1001) counted
    ) contacts
    ORDER BY ${keysOrder(request, Prisma.sql`page.`)}`
}

function toRow({ sortKey: _, ...row }: FoundRow): PartnershipRow {
  return row
}
