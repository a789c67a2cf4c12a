import { cache } from 'react'
import { requireUser } from '@/lib/auth/current-user'
import { db, Prisma } from '@/lib/db'
import { companiesMentioning } from './companies-of'
import { searchRecord, type RecordOption, type RecordSearch } from './find-record'
import { readTags, type Tag } from './read-tags'
import type { RecordKey } from './record-key'

const MAX_OPTIONS = 50

/** A contact with its texts cut to 2,000 characters and at most 200 of its tags. */
export type Contact = RecordKey & {
  externalId: string | null
  firstName: string | null
  lastName: string | null
  email: string | null
  position: string | null
  phoneNumber: string | null
  companyName: string | null
  partnershipUuid: string | null
  partnershipReceived: boolean
  partnershipName: string | null
  tags: Tag[]
  tagCount: number
  firstEventAt: Date
  changedAt: Date
}

/**
 * The contact of a uuid; `companyUuid` tells which when several companies have it. Looked up once a
 * request, for the page and for its title.
 *
 * @throws UnauthenticatedError without a signed-in user.
 */
export const findContact = cache(
  async (uuid: string, companyUuid?: string): Promise<RecordSearch<Contact>> => {
    await requireUser()
    return searchRecord(uuid, companyUuid, { companiesWith, read: readContact, isMentioned })
  },
)

async function readContact({ companyUuid, uuid }: RecordKey): Promise<Contact | null> {
  const [found] = await db().$queryRaw<(Omit<Contact, 'tags'> & { tags: unknown })[]>`
    SELECT c.company_uuid AS "companyUuid", c.uuid, c.external_id AS "externalId",
      left(c.first_name, 2000) AS "firstName", left(c.last_name, 2000) AS "lastName",
      left(c.email, 2000) AS email, left(c.position, 2000) AS position,
      left(c.phone_number, 2000) AS "phoneNumber",
      left(c.contact_company_name, 2000) AS "companyName",
      c.partnership_uuid AS "partnershipUuid", p.uuid IS NOT NULL AS "partnershipReceived",
      left(p.company_name, 200) AS "partnershipName",
      jsonb_path_query_array(c.tags, '$[0 to 199]') AS tags,
      jsonb_array_length(c.tags) AS "tagCount",
      c.first_event_at AS "firstEventAt", c.occurred_at AS "changedAt"
    FROM contact c
    LEFT JOIN partnership p ON p.company_uuid = c.company_uuid AND p.uuid = c.partnership_uuid
    WHERE c.company_uuid = ${companyUuid} AND c.uuid = ${uuid}`
  return found ? { ...found, tags: readTags(found.tags) } : null
}

const EVENTS = { table: Prisma.sql`webhook_event`, subject: Prisma.sql`contact_uuid` }

// A contact whose event could not be projected is known from the log alone.
async function companiesWith(uuid: string): Promise<RecordOption[]> {
  return db().$queryRaw<RecordOption[]>`
    SELECT mentioned.company_uuid AS "companyUuid", ${uuid} AS uuid,
      left(concat_ws(' ', left(c.first_name, 100), left(c.last_name, 100)), 200) AS name
    FROM (
      SELECT company_uuid FROM contact WHERE uuid = ${uuid}
      UNION ${companiesMentioning(EVENTS, uuid)}
    ) mentioned
    LEFT JOIN contact c ON c.company_uuid = mentioned.company_uuid AND c.uuid = ${uuid}
    ORDER BY mentioned.company_uuid LIMIT ${MAX_OPTIONS}`
}

async function isMentioned({ companyUuid, uuid }: RecordKey): Promise<boolean> {
  const event = await db().webhookEvent.findFirst({
    where: { companyUuid, contactUuid: uuid },
    select: { seq: true },
  })
  return event !== null
}
