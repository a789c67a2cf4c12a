import { Prisma, type Transaction } from '@/lib/db'
import type { FixedEventFilter } from '@/lib/event-filter/event-filter'
import type { EventStatus } from '@/lib/generated/prisma/enums'
import { STORED_EVENT_COLUMNS } from './claim-pending-events'
import { eventCondition } from './event-condition'
import type { StoredEvent } from './stored-event'

/** Which events a run is about. Duplicates are never among them: they are not projected. */
export type EventSelection = {
  filter: FixedEventFilter
  /** Only those that failed in this run. */
  retryOfId: string | null
  /** Only those that put right what this check of parity found. */
  repairOfId: string | null
  /** Only those up to this sequence number. */
  upperSeq: bigint
}

/** A stretch of the log. */
export type SeqRange = {
  /** Only events after this sequence number. */
  after: bigint
  /** And only up to this one. */
  upTo: bigint
}

export type PickLimits = {
  /** Only events after this sequence number. */
  after: bigint
  /** Only up to this one, where the selection goes further. */
  upTo?: bigint
  events: number
  /** At most so many bytes of bodies together, but always one event. */
  bodyBytes: number
}

export type PickedEvent = { seq: bigint; status: EventStatus }

/** The next events of a selection, in the order of the log. Locks nothing. */
export async function pickEvents(
  tx: Transaction,
  selection: EventSelection,
  limits: PickLimits,
): Promise<PickedEvent[]> {
  return tx.$queryRaw<PickedEvent[]>`
    WITH next AS MATERIALIZED (
      SELECT e.seq, e.status, e.body_size
      FROM webhook_event e
      WHERE e.seq > ${limits.after} AND e.seq <= ${limits.upTo ?? selection.upperSeq}
        AND ${isSelected(selection)}
      ORDER BY e.seq
      LIMIT ${limits.events}
    )
    SELECT seq, status
    FROM (
      SELECT seq, status, sum(body_size) OVER before AS bytes, row_number() OVER before AS number
      FROM next
      WINDOW before AS (ORDER BY seq)
    ) sized
    WHERE number = 1 OR bytes <= ${limits.bodyBytes}
    ORDER BY seq`
}

/** How many events a selection has, in all or in a stretch of the log. */
export async function countSelected(
  tx: Transaction,
  selection: EventSelection,
  range?: SeqRange,
): Promise<number> {
  const within = range
    ? Prisma.sql`AND e.seq > ${range.after} AND e.seq <= ${range.upTo}`
    : Prisma.empty
  const [row] = await tx.$queryRaw<{ count: bigint }[]>`
    SELECT count(*) AS count FROM webhook_event e WHERE ${isSelected(selection)} ${within}`
  return Number(row?.count ?? 0)
}

/** Events by their sequence numbers, in order. Locks nothing. */
export async function readStoredEvents(tx: Transaction, seqs: bigint[]): Promise<StoredEvent[]> {
  return tx.$queryRaw<StoredEvent[]>`
    SELECT ${STORED_EVENT_COLUMNS} FROM webhook_event e
    WHERE e.seq = ANY(${seqs}::bigint[])
    ORDER BY e.seq`
}

function isSelected({ filter, retryOfId, repairOfId, upperSeq }: EventSelection): Prisma.Sql {
  const failed =
    retryOfId === null
      ? Prisma.empty
      : Prisma.sql`AND EXISTS (
          SELECT FROM event_attempt a
          WHERE a.run_id = ${retryOfId}::uuid AND a.outcome <> 'applied' AND a.event_seq = e.seq)`
  const repairing =
    repairOfId === null
      ? Prisma.empty
      : Prisma.sql`AND e.seq IN (
          SELECT p.event_seq FROM parity_event p WHERE p.run_id = ${repairOfId}::uuid)`
  return Prisma.sql`(e.seq <= ${upperSeq} AND e.status <> 'duplicate'
    AND ${eventCondition(filter)} ${failed} ${repairing})`
}
