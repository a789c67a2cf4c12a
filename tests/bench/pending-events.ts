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
    let first = '0'
    let changedAt = Date.now()
    for (;;) {
      const { rows } = await client.query<{ seq: string }>(
        // From where it was: walking over what is done would take time from those that are measured.
        `SELECT seq FROM webhook_event WHERE status = 'pending' AND seq >= $1 ORDER BY seq LIMIT 1`,
        [first],
      )
      onPoll()
      const seq = rows[0]?.seq
      if (seq === undefined && first === '0') return
      if (seq === undefined) {
        // Once more from the beginning: an event that was committed late may be below.
        first = '0'
        continue
      }
      if (seq !== first) changedAt = Date.now()
      first = seq
      if (Date.now() - changedAt > STALLED_MS) throw new Error('The projector stands still.')
      await delay(POLL_MS)
    }
  } finally {
    await client.end()
  }
}
