import { setTimeout as delay } from 'node:timers/promises'
import { db, Prisma, type Transaction } from '@/lib/db'
import { settledSeq } from '@/lib/event-log/settled-seq'
import { sqlStateOf } from '@/lib/event-log/sql-state'
import { stopProjections } from '@/lib/projector/projection-lock'
import { READ_MODEL_TABLES } from '@/lib/read-model/read-model-tables'
import { addShadowIndexes } from '@/lib/read-model/shadow-tables'
import { swapShadow, TablesInUseError } from '@/lib/read-model/swap-shadow'
import { fillShadow, type FillOptions } from '../fill-shadow'
import { openShadowFill, type ShadowFill } from '../shadow-fill'
import { markOutcomes } from './mark-outcomes'

/** Where the read model is built anew. */
export const REBUILD_SHADOW = 'waggle_rebuild_shadow'

// While there is more than this to fold, the projector is not stopped for it.
const NEARLY_THERE = 2_000n
const INDEX_TIMEOUT_MS = 6 * 60 * 60_000
const SWAP_TIMEOUT_MS = 60_000
const PROJECTIONS_PATIENCE_MS = 10_000
const RETRY_MS = 1_000

export type RebuildStage = 'filling' | 'indexing' | 'swapping'

export type RebuildOptions = FillOptions & {
  /** Whose rebuild it is: the same one goes on where it was. */
  runId: string
  /** Who asks for it, for the attempts of events that end otherwise than before. */
  actor: string | null
  /** Told what is being done. */
  onStage: (stage: RebuildStage) => Promise<void>
  /** Called in the transaction that swaps: what it writes is there if and only if the tables were swapped. */
  onSwapped: (tx: Transaction, upTo: bigint) => Promise<void>
}

/**
 * Builds the whole read model anew from the log, beside the live one, and puts it in its place at once. Events are
 * received and projected meanwhile; the dashboard reads the old tables until it reads the new ones. When it fails,
 * the live tables are untouched; the caller drops what is left behind (`dropShadowFill`) or calls again to go on.
 *
 * @throws FillTakenOverError, TablesChangedError, what the callbacks throw, the signal's reason, and whatever keeps the
 *   database from answering.
 */
export async function rebuildReadModel(options: RebuildOptions): Promise<void> {
  const { signal } = options
  const fill = await openShadowFill(REBUILD_SHADOW, options.runId, options.onBegin)
  await options.onStage('filling')
  await fillShadow(fill, await settledSeq(signal), options)
  await options.onStage('indexing')
  await db().$transaction((tx) => addShadowIndexes(tx, REBUILD_SHADOW), {
    maxWait: 10_000,
    timeout: INDEX_TIMEOUT_MS,
  })
  await catchUp(fill, options)
  // Not in a transaction: it also tells the planner which pages need no look at their rows.
  for (const table of READ_MODEL_TABLES) {
    await db().$executeRaw(Prisma.raw(`VACUUM (ANALYZE) "${REBUILD_SHADOW}".${table}`))
  }
  await options.onStage('swapping')
  for (;;) {
    await catchUp(fill, options)
    if (await swap(fill, options)) return
    await delay(RETRY_MS, undefined, { signal })
  }
}

async function catchUp(fill: ShadowFill, options: RebuildOptions): Promise<void> {
  for (;;) {
    const upTo = await settledSeq(options.signal)
    const [first, second] = fill.cursors
    const left = upTo - (first < second ? first : second)
    await fillShadow(fill, upTo, options)
    if (left <= NEARLY_THERE) return
  }
}

/** @returns Whether it came to it: not while somebody projects or reads for too long. */
async function swap(fill: ShadowFill, options: RebuildOptions): Promise<boolean> {
  try {
    await db().$transaction(
      async (tx) => {
        await stopProjections(tx, PROJECTIONS_PATIENCE_MS)
        const upTo = await settledSeq(options.signal)
        // Committed before the tables are swapped: who has begun to read by then sees all of it.
        await fillShadow(fill, upTo, options)
        await markOutcomes(tx, REBUILD_SHADOW, options.actor)
        await swapShadow(tx, REBUILD_SHADOW)
        await options.onSwapped(tx, upTo)
      },
      { maxWait: 10_000, timeout: SWAP_TIMEOUT_MS },
    )
    return true
  } catch (error) {
    if (error instanceof TablesInUseError || sqlStateOf(error) === '55P03') return false
    throw error
  }
}
