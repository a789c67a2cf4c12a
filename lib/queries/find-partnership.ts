import { cache } from 'react'
import { requireUser } from '@/lib/auth/current-user'
import { db, Prisma } from '@/lib/db'
import { companiesMentioning } from './companies-of'
import { searchRecord, type RecordOption, type RecordSearch } from './find-record'
import type { RecordKey } from './record-key'

const MAX_OPTIONS = 50

/** A partnership with its texts cut to 2,000 characters, the description to 20,000. */
export type Partnership = RecordKey & {
  name: string | null
  domain: string | null
  website: string | null
  description: string | null
  descriptionCut: boolean
  email: string | null
  phoneNumber: string | null
  country: string | null
  industry: string | null
  stage: string | null
  category: string | null
  tier: string | null
  partnerType: string | null
  firstEventAt: Date
  changedAt: Date
}

/**
 * The partnership of a uuid; `companyUuid` tells which when several companies have it. Looked up once a
 * request, for the page and for its title.
 *
 * @throws UnauthenticatedError without a signed-in user.
 */
export const findPartnership = cache(
  async (uuid: string, companyUuid?: string): Promise<RecordSearch<Partnership>> => {
    await requireUser()
    return searchRecord(uuid, companyUuid, { companiesWith, read: readPartnership, isMentioned })
  },
)

async function readPartnership({ companyUuid, uuid }: RecordKey): Promise<Partnership | null> {
  const [found] = await db().$queryRaw<Partnership[]>`
    SELECT company_uuid AS "companyUuid", uuid,
      left(company_name, 2000) AS name,
      left(company_domain, 2000) AS domain,
      left(company_website, 2000) AS website,
      left(company_description, 20000) AS description,
      coalesce(length(company_description) > 20000, false) AS "descriptionCut",
      left(company_email, 2000) AS email,
      left(company_phone_number, 2000) AS "phoneNumber",
      left(country_label, 2000) AS country,
      left(industry_label, 2000) AS industry,
      left(stage_label, 2000) AS stage,
      left(category_label, 2000) AS category,
      left(tier_label, 2000) AS tier,
      left(coalesce(partner_type, (${roomPartnerType({ companyUuid, uuid })})), 2000) AS "partnerType",
      first_event_at AS "firstEventAt",
      occurred_at AS "changedAt"
    FROM partnership WHERE company_uuid = ${companyUuid} AND uuid = ${uuid}`
  return found ?? null
}

/** The newest partner type that a room of the partnership names: partner events rarely carry one. */
export function roomPartnerType({ companyUuid, uuid }: RecordKey): Prisma.Sql {
  return Prisma.sql`
    SELECT r.partner_type FROM room r
    WHERE r.company_uuid = ${companyUuid} AND r.partnership_uuid = ${uuid}
      AND r.partner_type IS NOT NULL
    ORDER BY r.occurred_at DESC, r.event_seq DESC LIMIT 1`
}

const MENTIONS = ['contact', 'room', 'webhook_event'].map((table) => ({
  table: Prisma.raw(table),
  subject: Prisma.sql`partnership_uuid`,
}))

// Contacts, rooms and events may come before their partnership.
async function companiesWith(uuid: string): Promise<RecordOption[]> {
  const mentions = MENTIONS.map((mention) => companiesMentioning(mention, uuid))
  return db().$queryRaw<RecordOption[]>`
    SELECT mentioned.company_uuid AS "companyUuid", ${uuid} AS uuid, left(p.company_name, 200) AS name
    FROM (
      SELECT company_uuid FROM partnership WHERE uuid = ${uuid}
      UNION ${Prisma.join(mentions, ' UNION ')}
    ) mentioned
    LEFT JOIN partnership p ON p.company_uuid = mentioned.company_uuid AND p.uuid = ${uuid}
    ORDER BY mentioned.company_uuid LIMIT ${MAX_OPTIONS}`
}

async function isMentioned({ companyUuid, uuid }: RecordKey): Promise<boolean> {
  const [found] = await db().$queryRaw<{ mentioned: boolean }[]>`
    SELECT EXISTS (
        SELECT 1 FROM contact WHERE company_uuid = ${companyUuid} AND partnership_uuid = ${uuid})
      OR EXISTS (
        SELECT 1 FROM room WHERE company_uuid = ${companyUuid} AND partnership_uuid = ${uuid})
      OR EXISTS (
        SELECT 1 FROM webhook_event
        WHERE company_uuid = ${companyUuid} AND partnership_uuid = ${uuid}) AS mentioned`
  return found?.mentioned ?? false
}
