import type { CountSources } from './count-sources'

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
}
