import { Prisma, type Transaction } from '@/lib/db'
import type { StoredEvent } from './stored-event'

export type ClaimLimits = {
  /** At most so many events. */
  events: number
  /** And at most so many bytes of bodies together, but always one event. */
  bodyBytes: number
  /** Where the search starts: a caller that keeps up need not walk over what it has done before. */
  fromSeq: bigint
  /** Only the events of one half of all subjects, so that two who claim at once write different rows. */
  half?: Half
}

/** One of two halves of the events, parted by what they are about: a partnership with its rooms is in one. */
export type Half = 0 | 1

/**
 * Locks the oldest pending events that nobody else has locked, until the transaction ends. Any number of
 * processes may claim at once: they get different events.
 */
export async function claimPendingEvents(
  tx: Transaction,
  limits: ClaimLimits,
): Promise<StoredEvent[]> {
  return tx.$queryRaw<StoredEvent[]>`
    WITH locked AS MATERIALIZED (
      SELECT seq, body_size
      FROM webhook_event
      WHERE status = 'pending' AND seq >= ${limits.fromSeq} ${ofHalf(limits.half)}
      ORDER BY seq
      LIMIT ${limits.events}
      FOR UPDATE SKIP LOCKED
    ), sized AS (
      SELECT seq,
             sum(body_size) OVER before AS bytes,
             row_number() OVER before AS number
      FROM locked
      WINDOW before AS (ORDER BY seq)
    )
    SELECT ${STORED_EVENT_COLUMNS}
    FROM sized JOIN webhook_event e USING (seq)
    WHERE sized.number = 1 OR sized.bytes <= ${limits.bodyBytes}
    ORDER BY e.seq`
}

/** SQL on `webhook_event`: a number that all events of a subject share; its lowest bit is their half. */
export const SUBJECT_HASH = Prisma.raw(
  `hashtext(COALESCE(partnership_uuid, room_uuid, message_uuid, contact_uuid, ''))`,
)

/** SQL on `webhook_event`, to be put behind other conditions: that an event is of the half, or of any. */
export function ofHalf(half: Half | undefined): Prisma.Sql {
  return half === undefined ? Prisma.empty : Prisma.sql`AND ${SUBJECT_HASH} & 1 = ${half}`
}

/**
 * Locks the given events whatever their status, in order, and waits for whoever has them: for replays.
 * Duplicates are left out, they are never projected.
 */
export async function lockEvents(tx: Transaction, seqs: bigint[]): Promise<StoredEvent[]> {
  return tx.$queryRaw<StoredEvent[]>`
    SELECT ${STORED_EVENT_COLUMNS}
    FROM webhook_event e
    WHERE e.seq = ANY(${seqs}::bigint[]) AND e.status <> 'duplicate'
    ORDER BY e.seq
    FOR UPDATE`
}

/** What the projections get of `webhook_event e`. */
export const STORED_EVENT_COLUMNS = Prisma.raw(`
  e.seq, e.id::text AS id, e.event_type AS "eventType", e.company_uuid AS "companyUuid",
  e.user_uuid AS "userUuid", e.body, e.token_iat AS "tokenIat", e.received_at AS "receivedAt"`)
