import { db, Prisma, type Transaction } from '@/lib/db'
import type { EventStatus } from '@/lib/generated/prisma/enums'
import { STORED_EVENT_COLUMNS, ofHalf, type Half } from './claim-pending-events'
import type { StoredEvent } from './stored-event'

/** A stored event with what its latest projection came to. */
export type LoggedEvent = StoredEvent & { status: EventStatus }

export type EventRange = {
  /** The first one is after this. */
  after: bigint
  /** The last one is at most this. */
  upTo: bigint
  /** Only those of one half of all subjects. */
  half?: Half
  /** Leaves out what is after this and has not been projected yet. */
  projectedAfter?: bigint
  /** At most so many events. */
  events: number
  /** And at most so many bytes of bodies together, but always one event. */
  bodyBytes: number
}

/** Reads events of the log in their order, but for the duplicates, which are never projected; locks nothing. */
export async function readEvents(
  range: EventRange,
  tx: Transaction = db(),
): Promise<LoggedEvent[]> {
  return tx.$queryRaw<LoggedEvent[]>`
    WITH chosen AS MATERIALIZED (
      SELECT seq, body_size
      FROM webhook_event
      WHERE seq > ${range.after} AND seq <= ${range.upTo} AND status <> 'duplicate'
        ${projected(range.projectedAfter)}
        ${ofHalf(range.half)}
      ORDER BY seq
      LIMIT ${range.events}
    ), sized AS (
      SELECT seq,
             sum(body_size) OVER before AS bytes,
             row_number() OVER before AS number
      FROM chosen
      WINDOW before AS (ORDER BY seq)
    )
    SELECT ${STORED_EVENT_COLUMNS}, e.status
    FROM sized JOIN webhook_event e USING (seq)
    WHERE sized.number = 1 OR sized.bytes <= ${range.bodyBytes}
    ORDER BY e.seq`
}

function projected(after: bigint | undefined): Prisma.Sql {
  return after === undefined
    ? Prisma.empty
    : Prisma.sql`AND (status <> 'pending' OR seq <= ${after})`
}
