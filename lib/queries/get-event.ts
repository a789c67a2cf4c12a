import { requireUser } from '@/lib/auth/current-user'
import { db } from '@/lib/db'
import { isEventId } from '@/lib/schemas/is-event-id'
import { hideMessageText } from './hide-message-text'
import { isOfDeletedMessage } from '@/lib/event-log/is-of-deleted-message'
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
  /**
   * The body as stored, or its first MAX_SHOWN_CHARACTERS characters. Of a message that has been deleted since
   * it holds no text, and nothing where none of it can be told from the text.
   */
  bodyStart: string
  bodyIsWhole: boolean
  /** The message has been deleted: what it said is for an administrator, whose look at it is recorded. */
  textWithheld: boolean
  /** The events of the same subject just before and after this one. */
  previousId: string | null
  nextId: string | null
}

// All but the body and the claims, which are read as far as they are shown.
const EVENT_COLUMNS = {
  seq: true,
  id: true,
  eventType: true,
  status: true,
  companyUuid: true,
  userUuid: true,
  partnershipUuid: true,
  contactUuid: true,
  messageUuid: true,
  roomUuid: true,
  tokenHash: true,
  bodyHash: true,
  tokenIat: true,
  secretFingerprint: true,
  bodySize: true,
  receivedAt: true,
  errorCode: true,
  errorMessage: true,
  attempts: true,
  projectorVersion: true,
  processedAt: true,
  duplicateOfId: true,
} as const

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
      select: EVENT_COLUMNS,
    }),
    db().$queryRaw<FoundBody[]>`
      SELECT left(e.body, ${MAX_SHOWN_CHARACTERS}) AS start, length(e.body) AS length,
        e.claims::text, ${isOfDeletedMessage('e')} AS withheld
      FROM webhook_event e WHERE e.id = ${id}::uuid`,
  ])
  if (!event || !body) return null
  const [previousId, nextId] = await Promise.all([
    neighbour(event, 'desc'),
    neighbour(event, 'asc'),
  ])
  const { seq, tokenHash, bodyHash, ...facts } = event
  return {
    ...facts,
    claims: body.claims,
    seq: seq.toString(),
    tokenHash: Buffer.from(tokenHash).toString('hex'),
    bodyHash: Buffer.from(bodyHash).toString('hex'),
    ...shownBody(body),
    previousId,
    nextId,
  }
}

type FoundBody = { start: string; length: number; claims: string; withheld: boolean }

function shownBody({ start, length, withheld }: FoundBody) {
  const bodyIsWhole = length <= MAX_SHOWN_CHARACTERS
  const bodyStart = withheld ? (bodyIsWhole && hideMessageText(start)) || '' : start
  return { bodyStart, bodyIsWhole, textWithheld: withheld }
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
