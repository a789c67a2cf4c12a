import type { Transaction } from '@/lib/db'
import type { CountSources } from './count-sources'
import type { WrittenKey } from './lower-first-event-at'

/** The tables whose rows hold totals, in the order in which they are counted: rooms' are part of partnerships'. */
export const TABLES_WITH_TOTALS = ['room', 'partnership_total', 'custom_field'] as const

export type TableWithTotals = (typeof TABLES_WITH_TOTALS)[number]

/** Notes rows whose totals are to be counted later, in the transaction that names them. */
export type NoteKeys = (
  tx: Transaction,
  table: TableWithTotals,
  keys: WrittenKey[],
) => Promise<void>

/** How a folded batch is written. */
export type WriteOptions = {
  /**
   * For replays, which repair: what belongs to the rows that these events have won is put right even
   * where the rows themselves do not change, and totals of everything that they name are counted instead of
   * moved. Costs more than an arrival, whose rows are known to be as their events left them.
   */
  thorough: boolean
  /** Where the totals are counted. */
  sources: CountSources
  /**
   * For many thorough batches: totals are moved as an arrival moves them, and whose are to be counted is noted, so that
   * a room of all the batches is counted once (`countTotals`).
   */
  noteForCounting?: NoteKeys
}
