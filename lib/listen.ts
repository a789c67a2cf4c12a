import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { env } from './env'
import { log } from './log'

const CONNECT_TIMEOUT_MS = 3_000
const RECONNECT_MS = 1_000

type Listener = {
  /** The channels' names as they stand in SQL: they are not quoted. */
  channels: readonly string[]
  signal: AbortSignal
  /** Told each time that listening has begun: what was said before nobody has heard. */
  onListening: () => void
  onNotification: (payload: string, channel: string) => void
}

/**
 * Listens on channels of Postgres, on a connection of its own that is opened again when it breaks. What is
 * said while nobody listens is lost, so that it can be no more than a hint.
 *
 * @returns When the signal has aborted. Never throws.
 */
export async function listen(listener: Listener): Promise<void> {
  const { channels, signal } = listener
  while (!signal.aborted) {
    try {
      await listenOnce(listener)
    } catch (error) {
      log.debug(
        { err: (error as Error).message, channels },
        'cannot listen; it will be tried again',
      )
    }
    if (signal.aborted) return
    const ms = RECONNECT_MS * (0.5 + Math.random())
    await delay(ms, undefined, { signal }).catch(() => undefined)
  }
}

async function listenOnce({
  channels,
  signal,
  onListening,
  onNotification,
}: Listener): Promise<void> {
  const client = new pg.Client({
    connectionString: env().DATABASE_URL,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    application_name: 'waggle listener',
  })
  const over = new AbortController()
  const ended = new Promise<void>((resolve) => {
    client.once('end', resolve)
    client.on('error', () => resolve())
    // Gone with this connection: the signal lives as long as the process, which may need thousands of them.
    signal.addEventListener('abort', () => resolve(), { once: true, signal: over.signal })
  })
  try {
    await client.connect()
    client.on('notification', ({ payload, channel }) => {
      if (!signal.aborted) onNotification(payload ?? '', channel)
    })
    await client.query(channels.map((channel) => `LISTEN ${channel}`).join('; '))
    // Who has stopped meanwhile may listen anew by now, and would take this for the new connection's.
    if (!signal.aborted) onListening()
    await ended
  } finally {
    over.abort()
    await client.end().catch(() => undefined)
  }
}
