import { databaseErrorKind, databaseErrorMessage } from './database-error'

const EQUAL_FAULTS = 3

/**
 * Finds the event that an unforeseen error comes with, so that it does not hold up all others for ever:
 * after such an error events are taken one at a time, oldest first, until one has met the same error
 * three times. That one is to blame.
 */
export class Suspicion {
  private message: string | null = null
  private count = 0
  private innocent = 0

  /** How many events the next batch may have, of those that it could. */
  limit(most: number): number {
    return this.message === null ? most : 1
  }

  /** Whether the next event, taken alone, is to blame if it meets the error once more. */
  get isFirm(): boolean {
    return this.count >= EQUAL_FAULTS
  }

  /** @param most The size of a batch when nothing is suspected: after so many without the error it is over. */
  succeeded(claimed: number, most: number): void {
    this.innocent++
    if (this.count > 0 || claimed === 0 || this.innocent >= most) this.clear()
  }

  /** @param limit The size of the batch that failed. */
  failed(error: unknown, limit: number): void {
    if (databaseErrorKind(error) !== 'fault') return this.clear()
    const message = databaseErrorMessage(error)
    this.count = limit > 1 ? 0 : this.message === message ? this.count + 1 : 1
    this.message = message
    this.innocent = 0
  }

  private clear(): void {
    this.message = null
    this.count = 0
    this.innocent = 0
  }
}
