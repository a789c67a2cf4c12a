import { setTimeout as delay } from 'node:timers/promises'
import { db, type Transaction } from '@/lib/db'
import { endStatementsAfter } from '@/lib/end-statements-after'
import { enterShadow, type ShadowSchema } from '@/lib/read-model/shadow-tables'
import { databaseErrorKind } from './database-error'
import { joinProjections } from './projection-lock'

const TRIES = 6
const FIRST_BACKOFF_MS = 20
const TIMEOUT_MS = 60_000
const OPTIONS = { isolationLevel: 'ReadCommitted', maxWait: 5_000 } as const

/**
 * Runs `work` in a transaction, and again, a little later, when it met another one's locks.
 *
 * READ COMMITTED is part of the design: each statement must see what others have committed while it
 * waited for a lock.
 *
 * @param options.durable Whether the commit waits for the disk. Without it a crash may take back the
 * last batches whole: their events are pending again and nothing is lost.
 * @param options.shadow Writes this shadow instead of the live read model.
 * @param options.timeoutMs Ends it, and the statement that is being executed, after so long.
 */
export async function inProjectionTransaction<T>(
  work: (tx: Transaction) => Promise<T>,
  { durable, shadow, timeoutMs }: { durable: boolean; shadow?: ShadowSchema; timeoutMs?: number },
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db().$transaction(
        async (tx) => {
          if (!durable) await tx.$executeRaw`SET LOCAL synchronous_commit TO off`
          // Otherwise Postgres would go on with a statement that nobody waits for, and keep its locks.
          if (timeoutMs !== undefined) await endStatementsAfter(tx, timeoutMs)
          // Before the first look at an event: whoever takes the place of the live tables must see it marked.
          await (shadow === undefined ? joinProjections(tx) : enterShadow(tx, shadow))
          return work(tx)
        },
        { ...OPTIONS, timeout: timeoutMs ?? TIMEOUT_MS },
      )
    } catch (error) {
      if (attempt >= TRIES || databaseErrorKind(error) !== 'conflict') throw error
      await delay(backoff(attempt))
    }
  }
}

// With jitter, so that those who collided do not collide again.
function backoff(attempt: number): number {
  return FIRST_BACKOFF_MS * 2 ** attempt * (0.5 + Math.random())
}
