import { db, Prisma } from '@/lib/db'
import { keysOrder } from './keys-page'
import { readTags, type Tag } from './read-tags'

/** A contact as a list shows it: texts cut to 200 characters. */
export type ContactRow = {
  companyUuid: string
  uuid: string
  sortKey: string
  firstName: string | null
  lastName: string | null
  email: string | null
  position: string | null
  companyName: string | null
  partnershipUuid: string | null
  partnershipReceived: boolean
  partnershipName: string | null
  /** The first few of `tagCount`. */
  tags: Tag[]
  tagCount: number
  changedAt: Date
}

/**
 * The contacts of a page.
 *
 * @param keys A query of their keys, as `keysPage` makes it.
 */
export async function contactRows(
  keys: Prisma.Sql,
  order: Parameters<typeof keysOrder>[0],
): Promise<ContactRow[]> {
  const found = await db().$queryRaw<(Omit<ContactRow, 'tags'> & { tags: unknown })[]>`
    WITH page AS MATERIALIZED (${keys})
    SELECT c.company_uuid AS "companyUuid", c.uuid, page.sort_key AS "sortKey",
      page.occurred_at AS "changedAt",
      left(c.first_name, 200) AS "firstName", left(c.last_name, 200) AS "lastName",
      left(c.email, 200) AS email, left(c.position, 200) AS position,
      left(c.contact_company_name, 200) AS "companyName",
      c.partnership_uuid AS "partnershipUuid", p.uuid IS NOT NULL AS "partnershipReceived",
      left(p.company_name, 200) AS "partnershipName",
      jsonb_path_query_array(c.tags, '$[0 to 2]') AS tags, jsonb_array_length(c.tags) AS "tagCount"
    FROM page
    JOIN contact c ON c.company_uuid = page.company_uuid AND c.uuid = page.uuid
    LEFT JOIN partnership p ON p.company_uuid = c.company_uuid AND p.uuid = c.partnership_uuid
    ORDER BY ${keysOrder(order, Prisma.sql`page.`)}`
  return found.map((row) => ({ ...row, tags: readTags(row.tags) }))
}
