import type { Half } from '@/lib/event-log/claim-pending-events'
import { log } from '@/lib/log'
import { databaseErrorMessage } from './database-error'
import { PendingSearch } from './pending-search'
import { BATCH_SIZE, projectBatch } from './project-batch'

// Where nearly all events are about one subject, the other half is looked through in vain: not all the time.
const REST_MS = 5_000

/**
 * Works on a backlog beside the main loop. Each of the two keeps to its half of the subjects: two batches
 * that write the same rows would only wait for each other.
 */
export class SecondBatch {
  running: Promise<void> | null = null
  private readonly search = new PendingSearch()
  private mainHalfIsDone = false
  private restUntil = 0

  /** To which half the main loop keeps; none when it is alone, or has done its own. */
  get half(): Half | undefined {
    return this.running && !this.mainHalfIsDone ? 0 : undefined
  }

  /** @param isLast Whether the main loop found less of its half than it looked for. */
  found(isLast: boolean): void {
    this.mainHalfIsDone ||= isLast
  }

  /** Starts with the other half, unless it is at it or has just come to its end. */
  start(now: number, signal: AbortSignal): void {
    if (this.running || now < this.restUntil) return
    this.mainHalfIsDone = false
    this.running = this.drain(signal).finally(() => {
      this.running = null
      this.restUntil = performance.now() + REST_MS
    })
  }

  // Ends with the first batch that is not full. An error ends it as well: its events are pending again, and
  // the main loop deals with the trouble if it lasts.
  private async drain(signal: AbortSignal): Promise<void> {
    try {
      while (!signal.aborted) {
        const from = this.search.start(performance.now())
        const { claimed, firstSeq } = await projectBatch(BATCH_SIZE, from, false, 1)
        this.search.found(firstSeq)
        if (claimed < BATCH_SIZE) return
      }
    } catch (error) {
      const err = databaseErrorMessage(error)
      log.warn({ err }, 'the second batch at once could not be projected; the first goes on')
    }
  }
}
