import pg from 'pg'
import { env } from '@/lib/env'
import { log } from '@/lib/log'
import { pause } from './pause'

const CHANNEL = 'waggle_pending'
const CONNECT_TIMEOUT_MS = 3_000
const RECONNECT_MS = 1_000

/**
 * Calls `onPending` whenever an append has left something to project, on a connection of its own that
 * is opened again when it breaks. A hint only: what is said while nobody listens is found by polling.
 *
 * @returns When the signal has aborted. Never throws.
 */
export async function listenForPending(signal: AbortSignal, onPending: () => void): Promise<void> {
  while (!signal.aborted) {
    try {
      await listenOnce(signal, onPending)
    } catch (error) {
      log.debug(
        { err: (error as Error).message },
        'cannot listen for pending events; polling goes on',
      )
    }
    await pause(RECONNECT_MS * (0.5 + Math.random()), signal)
  }
}

async function listenOnce(signal: AbortSignal, onPending: () => void): Promise<void> {
  const client = new pg.Client({
    connectionString: env().DATABASE_URL,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    application_name: 'waggle listener',
  })
  const ended = new Promise<void>((resolve) => {
    client.once('end', resolve)
    client.on('error', () => resolve())
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
  try {
    await client.connect()
    client.on('notification', onPending)
    await client.query(`LISTEN ${CHANNEL}`)
    onPending()
    await ended
  } finally {
    await client.end().catch(() => undefined)
  }
}
