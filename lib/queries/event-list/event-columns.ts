import { Prisma } from '@/lib/db'
import type { EventStatus } from '@/lib/generated/prisma/enums'

/** An event as a list shows it, without its body. `bodySize` in bytes; `seq` as text, it exceeds a double. */
export type EventRow = {
  seq: string
  id: string
  eventType: string
  status: EventStatus
  companyUuid: string
  partnershipUuid: string | null
  contactUuid: string | null
  messageUuid: string | null
  roomUuid: string | null
  bodySize: number
  attempts: number
  errorCode: string | null
  errorMessage: string | null
  receivedAt: Date
}

/** SQL for the columns of an `EventRow` of `webhook_event e`. */
export const eventColumns = Prisma.sql`
  e.seq::text AS seq, e.id, e.event_type AS "eventType", e.status, e.company_uuid AS "companyUuid",
  e.partnership_uuid AS "partnershipUuid", e.contact_uuid AS "contactUuid",
  e.message_uuid AS "messageUuid", e.room_uuid AS "roomUuid", e.body_size AS "bodySize", e.attempts,
  e.error_code AS "errorCode", left(e.error_message, 500) AS "errorMessage",
  e.received_at AS "receivedAt"`
