// Numbers are given before the commit: events whose commit comes after that of later ones are looked for this far back.
const OVERLAP = 500n

/** How far the log has been looked through for events that arrive, and which of the last ones are known. */
export class TailPlace {
  private readonly known = new Set<bigint>()

  /** @param last The log's newest event. What stands up to there is not new; `take` must be told of the last of it. */
  constructor(private last: bigint) {}

  /** Events after this number are to be looked at. */
  get from(): bigint {
    return this.last > OVERLAP ? this.last - OVERLAP : 0n
  }

  /**
   * Takes note of an event.
   *
   * @returns Whether it was not known.
   */
  take(seq: bigint): boolean {
    const isNew = !this.known.has(seq)
    this.known.add(seq)
    if (seq > this.last) this.moveTo(seq)
    return isNew
  }

  /** Everything up to this number has been looked at, whatever the filter found there. */
  moveTo(seq: bigint): void {
    if (seq <= this.last) return
    this.last = seq
    for (const each of this.known) if (each <= this.from) this.known.delete(each)
  }
}
