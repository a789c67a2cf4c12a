import { db, type Transaction } from '@/lib/db'
import { endStatementsAfter, isOutOfTime } from '@/lib/end-statements-after'
import { AppError } from '@/lib/errors'

const PATIENCE_MS = 3_000
const SMALLEST = 100n
const NARROWER = 8n
// What took less than this part of the patience may be twice as much the next time.
const QUICK = 0.25

/** Even a small part of the log could not be read in time. */
export class TooSlowError extends AppError {
  constructor(events: bigint, ms: number) {
    super('too_slow', `${events} events of the log could not be read in ${ms / 1_000} s.`)
  }
}

/**
 * How much of the log a run reads at once: all that is left, until that takes too long. So a filter that an index
 * answers costs one question, and one by a text that is in few of a million bodies gets on, stretch by stretch.
 */
export class Pace {
  private width: bigint | undefined

  /** @param patienceMs After so long a question is given up, and a smaller one asked. */
  constructor(private readonly patienceMs = PATIENCE_MS) {}

  /**
   * Reads the next stretch of the log.
   *
   * @param read Is asked about what is after `after`, up to and with `upTo`.
   * @returns What it answered and how far the stretch goes; undefined when it took too long: the next one is smaller.
   * @throws TooSlowError when it can't be made any smaller, and what `read` throws.
   */
  async read<T>(
    after: bigint,
    end: bigint,
    read: (tx: Transaction, upTo: bigint) => Promise<T>,
  ): Promise<{ found: T; upTo: bigint } | undefined> {
    const upTo = this.width === undefined || after + this.width > end ? end : after + this.width
    const width = upTo - after
    const startedAt = performance.now()
    try {
      const found = await db().$transaction(
        async (tx) => {
          await endStatementsAfter(tx, this.patienceMs)
          return read(tx, upTo)
        },
        { maxWait: 5_000, timeout: 2 * this.patienceMs + 1_000 },
      )
      const isQuick = performance.now() - startedAt < QUICK * this.patienceMs
      if (isQuick && this.width !== undefined) this.width *= 2n
      return { found, upTo }
    } catch (error) {
      if (!isOutOfTime(error)) throw error
      if (width <= SMALLEST) throw new TooSlowError(width, this.patienceMs)
      const narrower = width / NARROWER
      this.width = narrower < SMALLEST ? SMALLEST : narrower
      return undefined
    }
  }
}
