import pg from 'pg'
import { env } from './env'

const CONNECT_TIMEOUT_MS = 3_000

/**
 * Runs `work` if no other process holds the advisory lock: it hangs on a connection of its own and so dies with the process,
 * however that goes.
 *
 * @param work Is given a signal that aborts when the connection, and with it the lock, is lost.
 * @returns Whether it was run.
 */
export async function whileHoldingLock(
  lock: number,
  work: (lost: AbortSignal) => Promise<void>,
): Promise<boolean> {
  const lost = new AbortController()
  const client = new pg.Client({
    connectionString: env().DATABASE_URL,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    application_name: 'waggle lock',
  })
  client.on('error', (error) => lost.abort(error))
  await client.connect()
  try {
    const { rows } = await client.query<{ held: boolean }>(
      'SELECT pg_try_advisory_lock($1) AS held',
      [lock],
    )
    if (!rows[0]?.held) return false
    await work(lost.signal)
    return true
  } finally {
    await client.end().catch(() => undefined)
  }
}
