// Sequence numbers are given out before they are committed: one may appear this far behind others.
const LATE_COMMIT_MARGIN = 10_000n
// What another projector gave back, or committed later still, is found by a search from the beginning.
const FULL_SEARCH_MS = 30_000

/**
 * Where to look for pending events. What has been projected leaves dead entries in the index of pending
 * events until the next vacuum, and walking over them would cost more with every batch.
 */
export class PendingSearch {
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
