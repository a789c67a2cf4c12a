import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'

const POLL_MS = 20
const STALLED_MS = 60_000

/**
 * Waits until the projector has nothing left to do.
 *
 * @param onPoll Called about every 20 ms.
 * @throws Error when the number of pending events does not change for a minute.
 */
export async function waitUntilProjected(databaseUrl: string, onPoll = () => {}): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    let first: string | null = null
    let changedAt = Date.now()
    for (;;) {
      const { rows } = await client.query<{ seq: string }>(
        `SELECT seq FROM webhook_event WHERE status = 'pending' ORDER BY seq LIMIT 1`,
      )
      onPoll()
      const seq = rows[0]?.seq
      if (seq === undefined) return
      if (seq !== first) changedAt = Date.now()
      first = seq
      if (Date.now() - changedAt > STALLED_MS) throw new Error('The projector stands still.')
      await delay(POLL_MS)
    }
  } finally {
    await client.end()
  }
}
