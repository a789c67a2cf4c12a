import { setTimeout as delay } from 'node:timers/promises'
import { db, type Transaction } from '@/lib/db'
import { settledSeq } from '@/lib/event-log/settled-seq'
import { sqlStateOf } from '@/lib/sql-state'
import { stopProjections } from '@/lib/projector/projection-lock'
import { isReadForLong } from '@/lib/read-model/is-read-for-long'
import { keepVacuumOut, swapShadow, TablesInUseError } from '@/lib/read-model/swap-shadow'
import { fillShadow, type FillOptions } from '../fill-shadow'
import { noteSwapped, type ShadowFill } from '../shadow-fill'

const SWAP_TIMEOUT_MS = 60_000
const PROJECTIONS_PATIENCE_MS = 10_000
const FIRST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 60_000

export type SwapOptions = FillOptions & {
  onStage: (stage: 'swapping' | 'waiting') => Promise<void>
  onSwapped: (tx: Transaction, upTo: bigint) => Promise<void>
  /** Folds what has come meanwhile, as long as that is much. */
  catchUp: () => Promise<void>
}

/**
 * Puts a filled shadow in the place of the live tables as soon as nobody reads them for long. Until then nobody is kept
 * from anything: the projector is only stopped when it looks as if it came to it. It is tried less and less often, at
 * least once a minute.
 *
 * @returns The end of the log that the tables were swapped at.
 */
export async function swapWhenQuiet(fill: ShadowFill, options: SwapOptions): Promise<bigint> {
  await options.onStage('swapping')
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(LONGEST_WAIT_MS, 2 * wait)) {
    await options.catchUp()
    const upTo = (await isReadForLong(options.signal)) ? null : await swap(fill, options)
    if (upTo !== null) return upTo
    await options.onStage('waiting')
    await delay(wait, undefined, { signal: options.signal })
  }
}

/** @returns Null when it did not come to it: somebody projects or reads for too long. */
async function swap(fill: ShadowFill, options: SwapOptions): Promise<bigint | null> {
  try {
    return await db().$transaction(
      async (tx) => {
        await keepVacuumOut(tx)
        await stopProjections(tx, PROJECTIONS_PATIENCE_MS)
        const upTo = await settledSeq(options.signal)
        // Committed before the tables are swapped: who has begun to read by then sees all of it.
        await fillShadow(fill, upTo, options)
        await swapShadow(tx, fill.schema)
        await noteSwapped(tx, fill.schema, upTo)
        await options.onSwapped(tx, upTo)
        return upTo
      },
      { maxWait: 10_000, timeout: SWAP_TIMEOUT_MS },
    )
  } catch (error) {
    if (error instanceof TablesInUseError || sqlStateOf(error) === '55P03') return null
    throw error
  }
}
