import { db, type Transaction } from '@/lib/db'
import { settledSeq } from '@/lib/event-log/settled-seq'
import { assertReplaceable } from '@/lib/read-model/assert-replaceable'
import { fillShadow, type FillOptions } from '../fill-shadow'
import { dropShadowFill, findSwapped, openShadowFill, type ShadowFill } from '../shadow-fill'
import { addArchiveTasks } from './add-archive-tasks'
import { addIndexes, vacuumTables } from './finish-tables'
import { markOutcomes } from './mark-outcomes'
import { swapWhenQuiet } from './swap-when-quiet'

/** Where the read model is built anew. */
export const REBUILD_SHADOW = 'waggle_rebuild_shadow'

// While there is more than this to fold, the projector is not stopped for it.
const NEARLY_THERE = 2_000n

/** `waiting`: for a long query that reads the live tables. `noting`: the tables were swapped. */
export type RebuildStage = 'filling' | 'indexing' | 'swapping' | 'waiting' | 'noting'

export type RebuildOptions = FillOptions & {
  /** Whose rebuild it is: the same one goes on where it was. */
  runId: string
  /** Who asks for it, for the attempts of events that end otherwise than before. */
  actor: string | null
  /** Told what is being done. */
  onStage: (stage: RebuildStage) => Promise<void>
  /** Called in the transaction that swaps: what it writes is there if and only if the tables were swapped. */
  onSwapped: (tx: Transaction, upTo: bigint) => Promise<void>
  /** Called when all is noted, just before what was needed for it is removed. */
  onNoted: (upTo: bigint) => Promise<void>
}

/**
 * Builds the whole read model anew from the log, beside the live one, and puts it in its place at once. Events are
 * received and projected meanwhile; the dashboard reads the old tables until it reads the new ones. Then what came of
 * each event is noted on it, a part at a time, and the archive is told of files that are new. When it fails before the
 * swap, the live tables are untouched; the caller drops what is left behind (`dropShadowFill`) or calls again to go on.
 *
 * @throws FillTakenOverError, TablesNotReplaceableError, TablesChangedError, what the callbacks throw, the signal's
 *   reason, and whatever keeps the database from answering.
 */
export async function rebuildReadModel(options: RebuildOptions): Promise<void> {
  const upTo = (await findSwapped(REBUILD_SHADOW, options.runId)) ?? (await build(options))
  await options.onStage('noting')
  await addArchiveTasks(REBUILD_SHADOW, options.signal)
  await markOutcomes(REBUILD_SHADOW, options.actor, options.signal)
  await options.onNoted(upTo)
  await dropShadowFill(REBUILD_SHADOW)
}

/** @returns The end of the log that the tables were swapped at. */
async function build(options: RebuildOptions): Promise<bigint> {
  const { signal } = options
  await assertReplaceable(db())
  const fill = await openShadowFill(REBUILD_SHADOW, options.runId, options.onBegin)
  await options.onStage('filling')
  await fillShadow(fill, await settledSeq(signal), options)
  await options.onStage('indexing')
  await addIndexes(fill, signal)
  await catchUp(fill, options)
  await vacuumTables(fill, signal)
  return swapWhenQuiet(fill, { ...options, catchUp: () => catchUp(fill, options) })
}

async function catchUp(fill: ShadowFill, options: RebuildOptions): Promise<void> {
  for (;;) {
    const upTo = await settledSeq(options.signal)
    const [first, second] = fill.cursors
    const left = upTo - (first.seq < second.seq ? first.seq : second.seq)
    await fillShadow(fill, upTo, options)
    if (left <= NEARLY_THERE) return
  }
}
