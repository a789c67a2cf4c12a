import { db, Prisma, type Transaction } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { sqlStateOf } from '@/lib/sql-state'
import { stopProjections } from '@/lib/projector/projection-lock'
import { READ_MODEL_TABLES } from '@/lib/read-model/read-model-tables'

const PROJECTIONS_PATIENCE_MS = 10_000
const TIMEOUT_MS = 6 * 60 * 60_000

/** Somebody has been projecting in one transaction for too long to take a picture of one moment. */
export class NoMomentError extends AppError {
  constructor() {
    super('no_moment', 'Somebody was writing the read model all the time; try again later.')
  }
}

/**
 * Runs `work` in a transaction that sees the log and the read model at one moment at which nobody was projecting.
 * The tables are locked before, so that no rebuild takes their place meanwhile.
 *
 * @throws NoMomentError, and what `work` throws.
 */
export async function atOneMoment<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
  const tables = READ_MODEL_TABLES.map((table) => `public.${table}`).join(', ')
  return db().$transaction(
    async (tx) => {
      await tx.$executeRaw(Prisma.raw(`LOCK TABLE ${tables} IN ACCESS SHARE MODE`))
      await fixMoment(tx)
      return work(tx)
    },
    { isolationLevel: 'RepeatableRead', maxWait: 10_000, timeout: TIMEOUT_MS },
  )
}

// The first question of a transaction fixes what it sees. It is asked while another one keeps the projectors out,
// which still has to be there afterwards.
async function fixMoment(tx: Transaction): Promise<void> {
  try {
    await db().$transaction(
      async (lock) => {
        await stopProjections(lock, PROJECTIONS_PATIENCE_MS)
        await tx.$queryRaw`SELECT seq FROM webhook_event LIMIT 1`
        await lock.$queryRaw`SELECT 1 AS there`
      },
      { maxWait: 10_000, timeout: 2 * PROJECTIONS_PATIENCE_MS },
    )
  } catch (error) {
    if (sqlStateOf(error) === '55P03') throw new NoMomentError()
    throw error
  }
}
