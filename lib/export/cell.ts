/** What stands in one cell of an export: several texts are the options of a multi-select. */
export type Cell = string | number | boolean | Date | string[] | null

/** A column as an export names it. Two columns may have one label, never one key. */
export type ExportColumn = { key: string; label: string; type: string }

/** What is written; `rows` in batches, so that nobody waits for the last row to send the first. */
export type ExportRows = {
  list: string
  columns: ExportColumn[]
  /** How many rows there will be. */
  count: number
  batches: AsyncIterable<Cell[][]>
}
