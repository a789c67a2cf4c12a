import { db, Prisma } from '@/lib/db'
import { READ_MODEL_TABLES } from '@/lib/read-model/read-model-tables'
import { listMissingIndexes } from '@/lib/read-model/shadow-tables'
import type { ShadowFill } from '../shadow-fill'

// Each is the work of one core, and the smaller ones are not worth the helpers that Postgres would start.
const AT_ONCE = 2
const MEMORY = '128MB'
const OPTIONS = { maxWait: 10_000, timeout: 6 * 60 * 60_000 }

/**
 * Makes the indexes that a filled shadow still lacks, each in a transaction of its own: whoever goes on after a crash
 * makes only those that are not there.
 *
 * @throws The signal's reason, and whatever keeps the database from answering.
 */
export async function addIndexes(
  { schema }: Pick<ShadowFill, 'schema'>,
  signal: AbortSignal,
): Promise<void> {
  const missing = await listMissingIndexes(db(), schema)
  await forEach(missing, signal, async (statement) => {
    await db().$transaction(async (tx) => {
      await tx.$executeRaw(Prisma.raw(`SET LOCAL maintenance_work_mem TO '${MEMORY}'`))
      await tx.$executeRaw(Prisma.raw(statement))
    }, OPTIONS)
  })
}

/** Tells the planner what is in the tables of a shadow, and which of their pages need no look at their rows. */
export async function vacuumTables(
  { schema }: Pick<ShadowFill, 'schema'>,
  signal: AbortSignal,
): Promise<void> {
  await forEach([...READ_MODEL_TABLES], signal, async (table) => {
    // Not in a transaction: Postgres does not allow it.
    await db().$executeRaw(Prisma.raw(`VACUUM (ANALYZE) "${schema}".${table}`))
  })
}

// Begins them in their order, some at once; what has begun is waited for, also when one fails.
async function forEach(
  items: string[],
  signal: AbortSignal,
  work: (item: string) => Promise<void>,
): Promise<void> {
  const left = [...items]
  const takeTurns = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) {
      signal.throwIfAborted()
      await work(item)
    }
  }
  const turns = Array.from({ length: AT_ONCE }, takeTurns)
  for (const turn of turns) turn.catch(() => left.splice(0))
  await Promise.allSettled(turns)
  await Promise.all(turns)
}
