import { PREPARED, Prisma } from '@/lib/db'
import type { Extent } from './extent'
import { keysTable } from './field-values'

/** A partnership as the list shows it. */
export type PartnershipRow = {
  companyUuid: string
  uuid: string
  name: string | null
  domain: string | null
  website: string | null
  email: string | null
  phone: string | null
  stage: string | null
  tier: string | null
  category: string | null
  industry: string | null
  country: string | null
  partnerType: string | null
  contactCount: number
  roomCount: number
  messageCount: number
  lastMessageAt: Date | null
  firstSeenAt: Date
  changedAt: Date
}

/** SQL for the partnerships with these ids (company, uuid), in this order; with as much of their texts. */
export function partnershipRows(ids: string[][], { text: length }: Extent): Prisma.Sql {
  const text = (column: string) => Prisma.sql`left(${Prisma.raw(`r.${column}`)}, ${length}::int)`
  return Prisma.sql`${PREPARED}
    SELECT r.company_uuid AS "companyUuid", r.uuid,
      ${text('company_name')} AS name,
      ${text('company_domain')} AS domain,
      ${text('company_website')} AS website,
      ${text('company_email')} AS email,
      ${text('company_phone_number')} AS phone,
      ${text('stage_label')} AS stage,
      ${text('tier_label')} AS tier,
      ${text('category_label')} AS category,
      ${text('industry_label')} AS industry,
      ${text('country_label')} AS country,
      left(t.partner_type, ${length}::int) AS "partnerType",
      coalesce(t.contact_count, 0) AS "contactCount",
      coalesce(t.room_count, 0) AS "roomCount",
      coalesce(t.message_count, 0) AS "messageCount",
      t.last_message_at AS "lastMessageAt",
      r.first_event_at AS "firstSeenAt",
      r.occurred_at AS "changedAt"
    FROM ${keysTable(['company_uuid', 'uuid'], ids)}
    JOIN partnership r ON r.company_uuid = k.company_uuid AND r.uuid = k.uuid
    LEFT JOIN partnership_total t ON t.company_uuid = r.company_uuid AND t.uuid = r.uuid
    ORDER BY k.n`
}
