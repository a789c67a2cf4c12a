import { randomUUID } from 'node:crypto'
import { Prisma, type Transaction } from '@/lib/db'
import { inBriefTransaction } from './in-brief-transaction'

/** A delivery that this process alone may send until its lease ends. */
export type ClaimedDelivery = {
  runSeq: bigint
  eventSeq: bigint
  lease: string
  /** When to send it, for the destination's rate: on the clock of `performance.now()`. */
  sendAt: number
}

/** How long a claim lasts, in seconds: longer than a request may take. */
export const LEASE_SECONDS = 60

// Places under the rate limit are given out this far ahead, so that polling does not slow a fast rate down.
const AHEAD_MS = 1_000

type Destination = {
  inOrder: boolean
  atOnce: number
  ratePerSecond: number | null
  waitMs: number
}
type Key = { runSeq: bigint; eventSeq: bigint }

/**
 * Claims what a destination may be sent now: in its order, within what it takes at once and within its rate,
 * whichever processes share the work. Those claim one after another; one that is busy with it is passed over.
 *
 * In order means that of all runs to it only the earliest that is running is worked on, and of that only
 * its first delivery which is neither delivered nor dead.
 *
 * @param limit How many this process has room for.
 */
export async function claimDeliveries(
  destinationId: string,
  limit: number,
): Promise<ClaimedDelivery[]> {
  return inBriefTransaction(async (tx) => {
    const destination = await lockDestination(tx, destinationId)
    if (!destination) return []
    const { inOrder, atOnce, ratePerSecond, waitMs } = destination
    const room = Math.min(limit, atOnce - (await countUnderWay(tx, destinationId)))
    const places = Math.min(room, placesWithin(AHEAD_MS - waitMs, ratePerSecond))
    if (places <= 0) return []
    const found = inOrder
      ? await findNext(tx, destinationId)
      : await findAny(tx, destinationId, places)
    const lease = randomUUID()
    const claimed = await claim(tx, found, lease)
    if (ratePerSecond && claimed.length > 0) {
      await useRate(tx, destinationId, claimed.length / ratePerSecond)
    }
    const startsAt = performance.now() + waitMs
    return claimed.map((key, index) => ({
      ...key,
      lease,
      sendAt: ratePerSecond ? startsAt + (index * 1_000) / ratePerSecond : startsAt,
    }))
  })
}

function placesWithin(ms: number, ratePerSecond: number | null): number {
  if (ratePerSecond === null) return Infinity
  return ms <= 0 ? 0 : 1 + Math.floor((ms * ratePerSecond) / 1_000)
}

async function lockDestination(tx: Transaction, id: string): Promise<Destination | undefined> {
  const [found] = await tx.$queryRaw<Destination[]>`
    SELECT "order" = 'in_order' AS "inOrder", at_once AS "atOnce", rate_per_second AS "ratePerSecond",
      CASE WHEN rate_per_second IS NULL THEN 0 ELSE
        greatest(0, extract(epoch FROM next_send_at - clock_timestamp()) * 1000)::float8 END AS "waitMs"
    FROM destination WHERE id = ${id}::uuid AND enabled FOR UPDATE SKIP LOCKED`
  return found
}

// Those of paused and cancelled runs too: the receiver has them to deal with.
async function countUnderWay(tx: Transaction, destinationId: string): Promise<number> {
  const [row] = await tx.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM delivery
    WHERE destination_id = ${destinationId}::uuid AND state = 'sending' AND next_attempt_at > now()`
  return row?.count ?? 0
}

// A run that has nothing to do for the moment is finished, or has not been listed yet: the next one waits for it.
async function findNext(tx: Transaction, destinationId: string): Promise<Key[]> {
  return tx.$queryRaw<Key[]>`
    WITH run AS (
      SELECT seq FROM redelivery_run
      WHERE destination_id = ${destinationId}::uuid AND status = 'running' ORDER BY seq LIMIT 1),
    first AS (
      SELECT run.seq AS run_seq, min(open.event_seq) AS event_seq
      FROM run CROSS JOIN unnest(ARRAY['waiting', 'sending', 'retrying']::delivery_state[]) s(state)
      CROSS JOIN LATERAL (
        SELECT d.event_seq FROM delivery d WHERE ${inState(Prisma.sql`run.seq`, Prisma.sql`s.state`)}
        ORDER BY d.run_seq, d.state, d.event_seq LIMIT 1) open
      GROUP BY run.seq)
    SELECT d.run_seq AS "runSeq", d.event_seq AS "eventSeq"
    FROM first JOIN delivery d USING (run_seq, event_seq)
    WHERE d.state = 'waiting' OR (d.state IN ('sending', 'retrying') AND d.next_attempt_at <= now())
    FOR UPDATE OF d SKIP LOCKED`
}

async function findAny(tx: Transaction, destinationId: string, limit: number): Promise<Key[]> {
  const due = await tx.$queryRaw<Key[]>`
    SELECT d.run_seq AS "runSeq", d.event_seq AS "eventSeq"
    FROM redelivery_run r CROSS JOIN LATERAL (
      SELECT run_seq, event_seq FROM delivery
      WHERE run_seq = r.seq AND state IN ('sending', 'retrying') AND next_attempt_at <= now()
      ORDER BY next_attempt_at LIMIT ${limit} FOR UPDATE SKIP LOCKED) d
    WHERE r.destination_id = ${destinationId}::uuid AND r.status = 'running'
    ORDER BY r.seq LIMIT ${limit}`
  if (due.length === limit) return due
  const waiting = await tx.$queryRaw<Key[]>`
    SELECT d.run_seq AS "runSeq", d.event_seq AS "eventSeq"
    FROM redelivery_run r CROSS JOIN LATERAL (
      SELECT d.run_seq, d.event_seq FROM delivery d
      WHERE ${inState(Prisma.sql`r.seq`, Prisma.sql`'waiting'::delivery_state`)}
      ORDER BY d.run_seq, d.state, d.event_seq LIMIT ${limit - due.length} FOR UPDATE SKIP LOCKED) d
    WHERE r.destination_id = ${destinationId}::uuid AND r.status = 'running'
    ORDER BY r.seq LIMIT ${limit - due.length}`
  return [...due, ...waiting]
}

// Names the whole key of the one index that leads to them. For `run_seq = … AND state = … ORDER BY event_seq` the
// planner may walk the primary key instead, over all that has been delivered, for every claim.
function inState(runSeq: Prisma.Sql, state: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(d.run_seq, d.state, d.event_seq) > (${runSeq}, ${state}, 0::bigint)
    AND (d.run_seq, d.state, d.event_seq) < (${runSeq}, ${state}, 9223372036854775807)`
}

// What `sending` was, it has ceased to be when its lease has ended: the condition is asked again of the newest row.
async function claim(tx: Transaction, keys: Key[], lease: string): Promise<Key[]> {
  if (keys.length === 0) return []
  const chosen = keys.map(
    ({ runSeq, eventSeq }) => Prisma.sql`(${runSeq}::bigint, ${eventSeq}::bigint)`,
  )
  const claimed = await tx.$queryRaw<Key[]>`
    UPDATE delivery SET state = 'sending', lease = ${lease}::uuid,
      next_attempt_at = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})
    WHERE (run_seq, event_seq) IN (${Prisma.join(chosen)})
      AND (state = 'waiting' OR (state IN ('sending', 'retrying') AND next_attempt_at <= now()))
    RETURNING run_seq AS "runSeq", event_seq AS "eventSeq"`
  return claimed.sort((a, b) => Number(a.runSeq - b.runSeq) || Number(a.eventSeq - b.eventSeq))
}

async function useRate(tx: Transaction, destinationId: string, seconds: number): Promise<void> {
  await tx.$executeRaw`
    UPDATE destination
    SET next_send_at = greatest(next_send_at, clock_timestamp()) + make_interval(secs => ${seconds})
    WHERE id = ${destinationId}::uuid`
}
