import { setMaxListeners } from 'node:events'
import { db } from '@/lib/db'
import { env } from '@/lib/env'
import { log } from '@/lib/log'
import { openSecret, SecretUnreadableError } from '@/lib/secret-box'
import { claimDeliveries } from './claim-deliveries'
import { listRunEvents } from './list-run-events'
import { pause } from '@/lib/pause'
import { sendDelivery, type OpenDestination } from './send-delivery'

// With the archive's, as many as one process may have open (lib/fetching).
const AT_ONCE = 12
const POLL_MS = 500
const BACKOFF_MS = 5_000
// Less than what a stop leaves this process: who has been sent something by then is heard out.
const PATIENCE_MS = 2_000

/**
 * Lists and sends what runs of redelivery have to send, until the signal aborts. Any number of processes may
 * run it on one database. It outlives the database going away, and never throws.
 */
export async function runRedeliveries({ signal }: { signal: AbortSignal }): Promise<void> {
  const underWay = new Set<Promise<void>>()
  const places = new Map<string, number>()
  const cut = new AbortController()
  // As many as are under way listen to it.
  setMaxListeners(0, cut.signal)
  const signals = { stopping: signal, cutting: cut.signal }
  const unreadable = new Set<string>()
  const turn = { after: 0n }
  while (!signal.aborted) {
    try {
      let busy = await listSome(turn)
      const destinations = await openDestinations(unreadable)
      // One that never answers holds its own places, not those of the others.
      const share = Math.max(1, Math.floor(AT_ONCE / destinations.length))
      for (const destination of destinations) {
        const { id } = destination
        const room = Math.min(AT_ONCE - underWay.size, share - (places.get(id) ?? 0))
        if (room <= 0) continue
        for (const delivery of await claimDeliveries(id, room)) {
          busy = true
          places.set(id, (places.get(id) ?? 0) + 1)
          const work: Promise<void> = sendDelivery(delivery, destination, signals).finally(() => {
            underWay.delete(work)
            places.set(id, (places.get(id) ?? 1) - 1)
          })
          underWay.add(work)
        }
      }
      if (!busy) await nextTurn(underWay, signal)
    } catch (error) {
      log.warn({ err: (error as Error).message }, 'redelivery could not go on; it will try again')
      await pause(BACKOFF_MS * (0.5 + Math.random()), signal)
    }
  }
  const timer = setTimeout(() => cut.abort(), PATIENCE_MS)
  await Promise.all(underWay)
  clearTimeout(timer)
}

// A run whose events can't be listed holds up nothing that has been.
async function listSome(turn: { after: bigint }): Promise<boolean> {
  try {
    return await listRunEvents(turn)
  } catch (error) {
    log.warn({ err: (error as Error).message }, 'the events of a run could not be listed')
    return false
  }
}

async function nextTurn(underWay: Set<Promise<void>>, signal: AbortSignal): Promise<void> {
  const over = new AbortController()
  // A signal made of others would be kept by the one that lives as long as the process.
  const stop = () => over.abort()
  signal.addEventListener('abort', stop)
  await Promise.race([...underWay, pause(POLL_MS, over.signal)])
  signal.removeEventListener('abort', stop)
  over.abort()
}

// The order changes, so that none is always the one for whom there is no room.
async function openDestinations(unreadable: Set<string>): Promise<OpenDestination[]> {
  const found = await db().$queryRaw<{ id: string; address: string; box: Uint8Array }[]>`
    SELECT d.id::text, d.address, d.secret_box AS box FROM destination d
    WHERE d.enabled AND EXISTS (
      SELECT FROM redelivery_run r WHERE r.destination_id = d.id AND r.status = 'running')
    ORDER BY random()`
  return found.flatMap(({ id, address, box }) => {
    try {
      return [{ id, address, secret: openSecret(box, env().ENCRYPTION_KEY ?? '', id) }]
    } catch (error) {
      if (!(error instanceof SecretUnreadableError)) throw error
      // Another process may have the key: nothing is lost by waiting, and nothing is counted as tried.
      if (!unreadable.has(id)) log.error({ destinationId: id }, error.message)
      unreadable.add(id)
      return []
    }
  })
}
