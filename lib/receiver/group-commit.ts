import { DatabaseUnavailableError } from '@/lib/errors'

export type GroupCommitOptions<Item, Result> = {
  /** Writes a batch durably. One answer an item: its result, or the error that it alone met. */
  write: (items: Item[]) => Promise<(Result | Error)[]>
  /** Whether a batch failed for what one of its items is, not for the state of the database. */
  isItemsFault: (error: unknown) => boolean
  maxBatchItems: number
  maxBatchBytes: number
  maxQueuedItems: number
  maxQueuedBytes: number
  /** Batches under way at the same time. */
  maxInFlight: number
  /** How long an item may wait for its commit, and a batch for the database. */
  deadlineMs: number
}

/** More is waiting to be written than may wait. */
export class QueueFullError extends Error {
  constructor() {
    super('The queue of unwritten events is full.')
    this.name = 'QueueFullError'
  }
}

type Entry<Item, Result> = {
  item: Item
  bytes: number
  resolve: (result: Result) => void
  reject: (error: unknown) => void
  timer: NodeJS.Timeout | undefined
  settled: boolean
}

/**
 * Lets concurrent requests share one INSERT and one fsync. While a batch is under way the next one
 * gathers, so the batches grow with the load and a lone request waits for nobody. Each request is
 * answered after its own commit; a queue that is full and a database that does not answer are errors
 * within the deadline, never a wait without end.
 */
export class GroupCommit<Item, Result> {
  private queue: Entry<Item, Result>[] = []
  private queuedBytes = 0
  private inFlight = 0
  private scheduled = false

  constructor(private readonly options: GroupCommitOptions<Item, Result>) {}

  /**
   * Waits until the item is committed.
   *
   * @param bytes Its size, for the bounds.
   * @throws QueueFullError, DatabaseUnavailableError, or the error that the item itself caused.
   */
  submit(item: Item, bytes: number): Promise<Result> {
    const { maxQueuedItems, maxQueuedBytes, deadlineMs } = this.options
    if (this.queue.length >= maxQueuedItems || this.queuedBytes + bytes > maxQueuedBytes) {
      return Promise.reject(new QueueFullError())
    }
    return new Promise((resolve, reject) => {
      const entry: Entry<Item, Result> = {
        item,
        bytes,
        resolve,
        reject,
        timer: undefined,
        settled: false,
      }
      entry.timer = setTimeout(() => this.expire(entry), deadlineMs)
      this.queue.push(entry)
      this.queuedBytes += bytes
      this.schedule()
    })
  }

  // After the other requests of this turn of the event loop, so that they come along.
  private schedule(): void {
    if (this.scheduled || this.inFlight >= this.options.maxInFlight) return
    this.scheduled = true
    setImmediate(() => {
      this.scheduled = false
      this.startBatches()
    })
  }

  private startBatches(): void {
    while (this.queue.length > 0 && this.inFlight < this.options.maxInFlight) {
      this.inFlight++
      void this.writeBatch(this.takeBatch()).finally(() => {
        this.inFlight--
        this.startBatches()
      })
    }
  }

  private takeBatch(): Entry<Item, Result>[] {
    const { maxBatchItems, maxBatchBytes } = this.options
    let count = 0
    let bytes = 0
    for (const entry of this.queue) {
      if (count === maxBatchItems || (count > 0 && bytes + entry.bytes > maxBatchBytes)) break
      count++
      bytes += entry.bytes
    }
    this.queuedBytes -= bytes
    return this.queue.splice(0, count)
  }

  private async writeBatch(batch: Entry<Item, Result>[], isRetry = false): Promise<void> {
    try {
      const answers = await this.writeInTime(batch.map((entry) => entry.item))
      batch.forEach((entry, index) => settle(entry, answers[index] as Result | Error))
    } catch (error) {
      if (!this.options.isItemsFault(error)) {
        const unavailable = new DatabaseUnavailableError({ cause: error })
        for (const entry of batch) settle(entry, unavailable)
      } else if (batch.length > 1) {
        // One of them poisons the batch: halve it until that one is alone.
        const middle = Math.ceil(batch.length / 2)
        await this.writeBatch(batch.slice(0, middle))
        await this.writeBatch(batch.slice(middle))
      } else if (isRetry) {
        for (const entry of batch) settle(entry, error as Error)
      } else await this.writeBatch(batch, true)
    }
  }

  // A write that outlasts the deadline is left behind, so that a connection that hangs does not hang all
  // that follow. It may still commit: its events are then stored without having been acknowledged.
  private async writeInTime(items: Item[]): Promise<(Result | Error)[]> {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new DatabaseUnavailableError()), this.options.deadlineMs)
    })
    try {
      return await Promise.race([this.options.write(items), late])
    } finally {
      clearTimeout(timer)
    }
  }

  private expire(entry: Entry<Item, Result>): void {
    const index = this.queue.indexOf(entry)
    if (index >= 0) {
      this.queue.splice(index, 1)
      this.queuedBytes -= entry.bytes
    }
    settle(entry, new DatabaseUnavailableError())
  }
}

function settle<Item, Result>(entry: Entry<Item, Result>, answer: Result | Error): void {
  if (entry.settled) return
  entry.settled = true
  clearTimeout(entry.timer)
  if (answer instanceof Error) entry.reject(answer)
  else entry.resolve(answer)
}
