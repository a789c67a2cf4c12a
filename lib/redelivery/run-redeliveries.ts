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
  const cut = new AbortController()
  const signals = { stopping: signal, cutting: cut.signal }
  const unreadable = new Set<string>()
  const turn = { after: 0n }
  while (!signal.aborted) {
    try {
      let busy = await listSome(turn)
      for (const destination of await openDestinations(unreadable)) {
        const room = AT_ONCE - underWay.size
        if (room <= 0) break
        for (const delivery of await claimDeliveries(destination.id, room)) {
          busy = true
          const work: Promise<void> = sendDelivery(delivery, destination, signals).finally(() =>
            underWay.delete(work),
          )
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
  await Promise.race([...underWay, pause(POLL_MS, AbortSignal.any([signal, over.signal]))])
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
