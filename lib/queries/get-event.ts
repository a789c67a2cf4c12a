import { requireUser } from '@/lib/auth/current-user'
import { db } from '@/lib/db'
import { isEventId } from './is-event-id'
import type { EventRow } from './list-events'

/** Of a longer body a page shows only the beginning; the whole of it can be downloaded. */
export const MAX_SHOWN_CHARACTERS = 200_000

/** One event, with all that is known of its delivery. Hashes are SHA-256 in hexadecimal. */
export type EventDetail = EventRow & {
  userUuid: string
  /** The token's claims as JSON text, secrets redacted. */
  claims: string
  tokenHash: string
  bodyHash: string
  tokenIat: Date | null
  secretFingerprint: string
  projectorVersion: number | null
  processedAt: Date | null
  duplicateOfId: string | null
  /** The body as stored, or its first MAX_SHOWN_CHARACTERS characters. */
  bodyStart: string
  bodyIsWhole: boolean
  /** The events of the same subject just before and after this one. */
  previousId: string | null
  nextId: string | null
}

/**
 * One event of the log; null when there is none with this id.
 *
 * @throws UnauthenticatedError without a signed-in user.
 */
export async function getEvent(id: string): Promise<EventDetail | null> {
  await requireUser()
  if (!isEventId(id)) return null
  const [event, [body]] = await Promise.all([
    db().webhookEvent.findUnique({
      where: { id },
      omit: { body: true, claims: true, dedupKey: true },
    }),
    db().$queryRaw<{ start: string; length: number; claims: string }[]>`
      SELECT left(body, ${MAX_SHOWN_CHARACTERS}) AS start, length(body) AS length, claims::text
      FROM webhook_event WHERE id = ${id}::uuid`,
  ])
  if (!event || !body) return null
  const [previousId, nextId] = await Promise.all([
    neighbour(event, 'desc'),
    neighbour(event, 'asc'),
  ])
  return {
    ...event,
    claims: body.claims,
    seq: event.seq.toString(),
    tokenHash: Buffer.from(event.tokenHash).toString('hex'),
    bodyHash: Buffer.from(event.bodyHash).toString('hex'),
    bodyStart: body.start,
    bodyIsWhole: body.length <= MAX_SHOWN_CHARACTERS,
    previousId,
    nextId,
  }
}

type Subject = Pick<EventRow, 'companyUuid' | 'partnershipUuid' | 'contactUuid' | 'messageUuid'>

// The narrowest subject that the event names: a message event also names its partnership.
async function neighbour(event: Subject & { seq: bigint }, order: 'asc' | 'desc') {
  const { companyUuid, messageUuid, contactUuid, partnershipUuid } = event
  const subject = messageUuid
    ? { messageUuid }
    : contactUuid
      ? { contactUuid }
      : partnershipUuid
        ? { partnershipUuid }
        : null
  if (!subject) return null
  const found = await db().webhookEvent.findFirst({
    where: {
      companyUuid,
      ...subject,
      seq: order === 'asc' ? { gt: event.seq } : { lt: event.seq },
    },
    orderBy: { seq: order },
    select: { id: true },
  })
  return found?.id ?? null
}
