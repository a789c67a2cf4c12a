import { log } from '@/lib/log'
import { databaseErrorMessage } from './database-error'
import { listenForPending } from './listen-for-pending'
import { pause } from '@/lib/pause'
import { PendingSearch } from './pending-search'
import { BATCH_SIZE, projectBatch } from './project-batch'
import { SecondBatch } from './second-batch'
import { Suspicion } from './suspicion'
import { WakeUpCall } from './wake-up-call'

const POLL_MS = 1_000
// Events of a tenth of a second make one batch: a trickle costs ten transactions a second, not one an event.
const MIN_INTERVAL_MS = 100
const FIRST_BACKOFF_MS = 250
const MAX_BACKOFF_MS = 5_000

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
  const beside = new SecondBatch()
  while (!signal.aborted) {
    const startedAt = performance.now()
    // Smaller after a failure: what is too much in one transaction may still go through in parts.
    const limit = suspicion.limit(Math.max(1, BATCH_SIZE >> failuresInARow))
    try {
      const from = search.start(startedAt)
      const { half } = beside
      const { claimed, firstSeq } = await projectBatch(limit, from, suspicion.isFirm, half)
      search.found(firstSeq)
      suspicion.succeeded(claimed, BATCH_SIZE)
      failuresInARow = Math.max(0, failuresInARow - 1)
      if (half !== undefined) {
        beside.found(claimed < limit)
        continue
      }
      if (claimed >= limit) {
        if (failuresInARow === 0) beside.start(startedAt, signal)
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
  await Promise.all([listening, beside.running])
}

function backoff(failures: number): number {
  const ms = Math.min(MAX_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (failures - 1))
  return Math.round(ms * (0.5 + Math.random()))
}
