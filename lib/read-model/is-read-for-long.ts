import { setTimeout as delay } from 'node:timers/promises'
import { db } from '@/lib/db'
import { READ_MODEL_TABLES } from './read-model-tables'

const LOOKS = 5
const BETWEEN_MS = 250

/**
 * Whether somebody has held one of the live tables for the second that this looked at them: an export, a report, a
 * backup. Who reads a page or projects a batch has let go by then. Autovacuum holds them too and gives way to whoever wants them, so that it does not count.
 *
 * @throws DOMException when the signal aborts.
 */
export async function isReadForLong(signal?: AbortSignal): Promise<boolean> {
  let holders = await listHolders()
  for (let look = 1; look < LOOKS && holders.length > 0; look++) {
    await delay(BETWEEN_MS, undefined, { signal })
    const still = new Set(await listHolders())
    holders = holders.filter((holder) => still.has(holder))
  }
  return holders.length > 0
}

// By transaction: a later one of the same connection is another reader.
async function listHolders(): Promise<string[]> {
  const rows = await db().$queryRaw<{ holder: string }[]>`
    SELECT DISTINCT l.virtualtransaction AS holder
    FROM pg_locks l
    JOIN pg_class c ON c.oid = l.relation
    LEFT JOIN pg_stat_activity a ON a.pid = l.pid
    WHERE l.locktype = 'relation' AND l.granted AND l.pid IS DISTINCT FROM pg_backend_pid()
      AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
      AND c.relnamespace = 'public'::regnamespace AND c.relname = ANY(${[...READ_MODEL_TABLES]})
      AND a.backend_type IS DISTINCT FROM 'autovacuum worker'`
  return rows.map(({ holder }) => holder)
}
