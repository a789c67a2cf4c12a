import { SUBJECT_HASH, STORED_EVENT_COLUMNS, type Half } from '@/lib/event-log/claim-pending-events'
import type { LoggedEvent } from '@/lib/event-log/read-events'
import { db, Prisma } from '@/lib/db'
import type { ShadowFill } from './shadow-fill'

/** An event, and where it stands among those of its half by subject. */
export type PlacedEvent = LoggedEvent & { place: bigint }

const TIMEOUT_MS = 6 * 60 * 60_000
// Sorting narrow rows: a million of them fit.
const SORT_MEMORY = '64MB'

/**
 * Lists the events of the log up to one by their subjects: all of a partnership with its rooms and contacts come
 * together, and each row is written once and not as often as it has changed. What the events say does not depend on the
 * order, so that one that names its partnership elsewhere, or not at all, is merely folded apart from the others.
 *
 * @returns Whether it has; not when somebody else has begun with this fill.
 * @throws The signal's reason, and whatever keeps the database from answering.
 */
export async function orderEvents(
  fill: ShadowFill,
  upTo: bigint,
  signal: AbortSignal,
): Promise<boolean> {
  signal.throwIfAborted()
  const isOrdered = await db().$transaction(
    async (tx) => {
      const begun = await tx.$executeRaw`
        UPDATE ${Prisma.raw(`"${fill.schema}".fill_cursor`)} SET ordered_to = ${upTo}
        WHERE ordered_to IS NULL AND seq = 0`
      signal.throwIfAborted()
      if (begun !== fill.cursors.length) return false
      await tx.$executeRaw(Prisma.raw(`SET LOCAL work_mem TO '${SORT_MEMORY}'`))
      await tx.$executeRaw`
        CREATE TABLE ${orderOf(fill)} AS
        SELECT hash & 1 AS half, seq, body_size,
          row_number() OVER (PARTITION BY hash & 1 ORDER BY hash, room, seq) AS place
        FROM (
          SELECT seq, body_size, ${SUBJECT_HASH} AS hash, hashtext(room_uuid) AS room
          FROM webhook_event
          WHERE seq <= ${Prisma.raw(String(upTo))} AND status <> 'duplicate'
        ) e`
      await tx.$executeRaw`ALTER TABLE ${orderOf(fill)} ADD PRIMARY KEY (half, place)`
      return true
    },
    { maxWait: 10_000, timeout: TIMEOUT_MS },
  )
  if (isOrdered) fill.orderedTo = upTo
  return isOrdered
}

/** Reads listed events of a half, in the order of their places. */
export async function readOrderedEvents(
  fill: ShadowFill,
  half: Half,
  after: bigint,
  limits: { events: number; bodyBytes: number },
): Promise<PlacedEvent[]> {
  return db().$queryRaw<PlacedEvent[]>`
    WITH sized AS (
      SELECT seq, place,
             sum(body_size) OVER before AS bytes,
             row_number() OVER before AS number
      FROM ${orderOf(fill)}
      WHERE half = ${half} AND place > ${after} AND place <= ${after + BigInt(limits.events)}
      WINDOW before AS (ORDER BY place)
    )
    SELECT ${STORED_EVENT_COLUMNS}, e.status, sized.place
    FROM sized JOIN webhook_event e USING (seq)
    WHERE sized.number = 1 OR sized.bytes <= ${limits.bodyBytes}
    ORDER BY sized.place`
}

function orderOf({ schema }: ShadowFill): Prisma.Sql {
  return Prisma.raw(`"${schema}".fill_order`)
}
