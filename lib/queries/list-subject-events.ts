import { requireUser } from '@/lib/auth/current-user'
import { db, type Prisma } from '@/lib/db'
import type { RecordKey } from './record-key'

const SHOWN = 10

const COLUMNS = {
  id: true,
  eventType: true,
  status: true,
  receivedAt: true,
} as const satisfies Prisma.WebhookEventSelect

/** A stored event, as the history of a partnership or a contact names it. */
export type SubjectEvent = Prisma.WebhookEventGetPayload<{ select: typeof COLUMNS }>

/**
 * The last events about a partnership: its own, its contacts' and its rooms'.
 *
 * @throws UnauthenticatedError without a signed-in user.
 */
export async function listPartnershipEvents({
  companyUuid,
  uuid,
}: RecordKey): Promise<SubjectEvent[]> {
  await requireUser()
  return lastEvents({ companyUuid, partnershipUuid: uuid })
}

/**
 * The last events about a contact.
 *
 * @throws UnauthenticatedError without a signed-in user.
 */
export async function listContactEvents({ companyUuid, uuid }: RecordKey): Promise<SubjectEvent[]> {
  await requireUser()
  return lastEvents({ companyUuid, contactUuid: uuid })
}

function lastEvents(where: Prisma.WebhookEventWhereInput): Promise<SubjectEvent[]> {
  return db().webhookEvent.findMany({
    where,
    select: COLUMNS,
    orderBy: { seq: 'desc' },
    take: SHOWN,
  })
}
