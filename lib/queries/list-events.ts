import { requireUser } from '@/lib/auth/current-user'
import { db } from '@/lib/db'
import type { EventStatus } from '@/lib/generated/prisma/enums'
import { PAGE_SIZE, toPage, type Page, type PagePosition } from '@/lib/pagination'
import type { EventFilters } from './event-filters'
import { eventsQuery } from './events-query'

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

/**
 * A page of the event log, newest first, by keyset on `seq`. Every filter walks an index in the list's
 * order and stops after a page, so that the cost does not grow with the log.
 *
 * @throws UnauthenticatedError without a signed-in user.
 * @throws InvalidAddressError when the position is not one of this list's.
 */
export async function listEvents(
  filters: EventFilters,
  position: PagePosition,
  pageSize: number = PAGE_SIZE,
): Promise<Page<EventRow>> {
  await requireUser()
  const found = await db().$queryRaw<Found[]>(eventsQuery(filters, position, pageSize + 1))
  return toPage(found.map(toRow), position, (row) => [row.seq], pageSize)
}

type Found = {
  seq: bigint
  id: string
  event_type: string
  status: EventStatus
  company_uuid: string
  partnership_uuid: string | null
  contact_uuid: string | null
  message_uuid: string | null
  room_uuid: string | null
  body_size: number
  attempts: number
  error_code: string | null
  error_message: string | null
  received_at: Date
}

function toRow(found: Found): EventRow {
  return {
    seq: found.seq.toString(),
    id: found.id,
    eventType: found.event_type,
    status: found.status,
    companyUuid: found.company_uuid,
    partnershipUuid: found.partnership_uuid,
    contactUuid: found.contact_uuid,
    messageUuid: found.message_uuid,
    roomUuid: found.room_uuid,
    bodySize: found.body_size,
    attempts: found.attempts,
    errorCode: found.error_code,
    errorMessage: found.error_message,
    receivedAt: found.received_at,
  }
}
