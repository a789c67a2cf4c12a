import { Prisma } from '@/lib/db'
import type { RecordKey } from './record-key'

/**
 * The version of what a partner or contact event says, (occurredAt, seq): which of two events is the later
 * one, whenever they arrived (design, section 3).
 */
export type EventVersion = { at: Date; seq: bigint }

/** SQL on the event `e`: the moment of its version. As the indexes have it. */
export const VERSION_AT = Prisma.sql`coalesce(e.token_iat, e.received_at)`

/** SQL on the event `e`: how its version compares with another one. */
export function versionIs(operator: '<' | '<=' | '>', version: EventVersion): Prisma.Sql {
  return Prisma.sql`(${VERSION_AT}, e.seq) ${Prisma.raw(operator)}
    (${version.at}::timestamptz, ${version.seq}::bigint)`
}

/** SQL to order events `e` by their versions. */
export function byVersion(direction: 'DESC' | 'ASC'): Prisma.Sql {
  const order = Prisma.raw(direction)
  return Prisma.sql`${VERSION_AT} ${order}, e.seq ${order}`
}

/** SQL on the event `e`: that it is a version of a partnership. Spelled as the index on them is. */
export function isPartnershipVersion({ companyUuid, uuid }: RecordKey): Prisma.Sql {
  return Prisma.sql`${APPLIED_PARTNER} AND e.company_uuid = ${companyUuid} AND e.partnership_uuid = ${uuid}`
}

export const APPLIED_PARTNER = Prisma.sql`e.status = 'applied'
  AND e.event_type IN ('partner_created', 'partner_updated')`

export const APPLIED_CONTACT = Prisma.sql`e.status = 'applied'
  AND e.event_type IN ('partner_contact_created', 'partner_contact_updated')`
