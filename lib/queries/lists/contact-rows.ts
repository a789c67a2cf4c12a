import { PREPARED, Prisma } from '@/lib/db'
import { readTags, type Tag } from '../read-tags'
import type { Extent } from './extent'
import { keysTable } from './field-values'

/** A contact as a list shows it. */
export type ContactRow = {
  companyUuid: string
  uuid: string
  firstName: string | null
  lastName: string | null
  email: string | null
  position: string | null
  phone: string | null
  companyName: string | null
  partnershipUuid: string | null
  partnershipReceived: boolean
  partnershipName: string | null
  /** The first few of `tagCount`. */
  tags: Tag[]
  tagCount: number
  firstSeenAt: Date
  changedAt: Date
}

/** A contact as Postgres gives it. */
export type FoundContact = Omit<ContactRow, 'tags'> & { tags: unknown }

/** SQL for the contacts with these ids (company, uuid), in this order, with as much of their texts and tags. */
export function contactRows(ids: string[][], { text: length, items }: Extent): Prisma.Sql {
  const text = (column: string) => Prisma.sql`left(${Prisma.raw(column)}, ${length}::int)`
  return Prisma.sql`${PREPARED}
    SELECT r.company_uuid AS "companyUuid", r.uuid,
      ${text('r.first_name')} AS "firstName", ${text('r.last_name')} AS "lastName",
      ${text('r.email')} AS email, ${text('r.position')} AS position,
      ${text('r.phone_number')} AS phone, ${text('r.contact_company_name')} AS "companyName",
      r.partnership_uuid AS "partnershipUuid", p.uuid IS NOT NULL AS "partnershipReceived",
      ${text('p.company_name')} AS "partnershipName",
      jsonb_path_query_array(r.tags, '$[0 to $last]', jsonb_build_object('last', ${items - 1}::int))
        AS tags,
      jsonb_array_length(r.tags) AS "tagCount",
      r.first_event_at AS "firstSeenAt", r.occurred_at AS "changedAt"
    FROM ${keysTable(['company_uuid', 'uuid'], ids)}
    JOIN contact r ON r.company_uuid = k.company_uuid AND r.uuid = k.uuid
    LEFT JOIN partnership p ON p.company_uuid = r.company_uuid AND p.uuid = r.partnership_uuid
    ORDER BY k.n`
}

export function toContactRow(found: FoundContact, { label }: Extent): ContactRow {
  return { ...found, tags: readTags(found.tags, label) }
}
