import { log } from '@/lib/log'
import { databaseErrorMessage } from './database-error'
import { listenForPending } from './listen-for-pending'
import { pause } from './pause'
import { BATCH_SIZE, projectBatch } from './project-batch'
import { Suspicion } from './suspicion'
import { WakeUpCall } from './wake-up-call'

const POLL_MS = 1_000
// Events of a tenth of a second make one batch: a trickle costs ten transactions a second, not one an event.
const MIN_INTERVAL_MS = 100
const FIRST_BACKOFF_MS = 250
const MAX_BACKOFF_MS = 5_000
// Sequence numbers are given out before they are committed: one may appear this far behind others.
const LATE_COMMIT_MARGIN = 10_000n
// What another projector gave back, or committed later still, is found by a search from the beginning.
const FULL_SEARCH_MS = 30_000

/**
 * Projects what is pending until the signal aborts: woken by the event log, and by polling behind it.
 * Any number of processes may run it on one database. It outlives the database going away, and never
 * throws; a batch that is under way when the signal aborts is finished first.
 */
export async function runProjector({ signal }: { signal: AbortSignal }): Promise<void> {
  const call = new WakeUpCall()
  const listening = listenForPending(signal, () => call.ring())
  const search = new PendingSearch()
  const suspicion = new Suspicion()
  let failuresInARow = 0
  let second: Promise<void> | null = null
  while (!signal.aborted) {
    const startedAt = performance.now()
    // Smaller after a failure: what is too much in one transaction may still go through in parts.
    const limit = suspicion.limit(Math.max(1, BATCH_SIZE >> failuresInARow))
    try {
      const from = search.start(startedAt)
      const { claimed, firstSeq } = await projectBatch(limit, from, suspicion.isFirm)
      search.found(firstSeq)
      suspicion.succeeded(claimed, BATCH_SIZE)
      failuresInARow = Math.max(0, failuresInARow - 1)
      if (claimed >= limit) {
        if (failuresInARow === 0) {
          second ??= drainBeside(search, signal).finally(() => (second = null))
        }
        continue
      }
      if (claimed === 0) await call.wait(POLL_MS, signal)
      await pause(MIN_INTERVAL_MS - (performance.now() - startedAt), signal)
    } catch (error) {
      suspicion.failed(error, limit)
      failuresInARow = Math.min(failuresInARow + 1, 30)
      const ms = backoff(failuresInARow)
      log.warn(
        { err: databaseErrorMessage(error), retryInMs: ms },
        'the projector could not project; it will try again',
      )
      await pause(ms, signal)
    }
  }
  await Promise.all([listening, second])
}

/**
 * Works on a backlog beside the main loop, so that one batch is folded here while Postgres writes another.
 * Ends with the first batch that is not full. An error ends it as well: its events are pending again, and
 * the main loop deals with the trouble if it lasts.
 */
async function drainBeside(search: PendingSearch, signal: AbortSignal): Promise<void> {
  try {
    while (!signal.aborted) {
      const { claimed, firstSeq } = await projectBatch(BATCH_SIZE, search.start(performance.now()))
      search.found(firstSeq)
      if (claimed < BATCH_SIZE) return
    }
  } catch (error) {
    const err = databaseErrorMessage(error)
    log.warn({ err }, 'the second batch at once could not be projected; the first goes on')
  }
}

/**
 * Where to look for pending events. What has been projected leaves dead entries in the index of pending
 * events until the next vacuum, and walking over them would cost more with every batch.
 */
class PendingSearch {
  private from = 0n
  private nextFullSearch = 0

  start(now: number): bigint {
    if (now < this.nextFullSearch) return this.from
    this.nextFullSearch = now + FULL_SEARCH_MS
    return 0n
  }

  found(firstSeq: bigint | null): void {
    if (firstSeq !== null && firstSeq > LATE_COMMIT_MARGIN)
      this.from = firstSeq - LATE_COMMIT_MARGIN
  }
}

function backoff(failures: number): number {
  const ms = Math.min(MAX_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (failures - 1))
  return Math.round(ms * (0.5 + Math.random()))
}
