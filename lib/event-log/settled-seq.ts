import { setTimeout as delay } from 'node:timers/promises'
import { db } from '@/lib/db'

const POLL_MS = 5

/**
 * The end of the log as it stands now, after waiting for everybody who was writing to it: what has not been
 * committed below it by then never will be. Sequence numbers are given out before they are committed, so that
 * the highest one that can be seen says nothing of those below it.
 *
 * Whoever takes a number holds a lock on the table since before, until it has committed. Nobody is kept from
 * writing.
 *
 * @throws DOMException when the signal aborts.
 */
export async function settledSeq(signal?: AbortSignal): Promise<bigint> {
  const [sequence] = await db().$queryRaw<{ end: bigint }[]>`
    SELECT CASE WHEN is_called THEN last_value ELSE 0 END AS end FROM webhook_event_seq_seq`
  let writers = await listWriters()
  while (writers.length > 0) {
    await delay(POLL_MS, undefined, { signal })
    const still = new Set(await listWriters())
    writers = writers.filter((writer) => still.has(writer))
  }
  return sequence?.end ?? 0n
}

// By transaction: a later one of the same connection has its numbers from above.
async function listWriters(): Promise<string[]> {
  const rows = await db().$queryRaw<{ writer: string }[]>`
    SELECT virtualtransaction AS writer FROM pg_locks
    WHERE locktype = 'relation' AND mode = 'RowExclusiveLock'
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
      AND relation = 'webhook_event'::regclass`
  return rows.map(({ writer }) => writer)
}
