import { formatCount } from '@/lib/format'

/** How many rows of a table there are. */
export type TableRows = { table: string; all: number }

/**
 * How many rows of a table, or of all, a report keeps with their fields, of how many that it counts. It keeps the first
 * ones, table by table.
 *
 * @param tables In the order in which the report has kept them.
 * @param kept How many it has kept in all.
 * @param table The one that is meant; undefined for all.
 */
export function shownRows(
  tables: TableRows[],
  kept: number,
  table: string | undefined,
): { shown: number; all: number } {
  let left = kept
  const told = { shown: 0, all: 0 }
  for (const each of tables) {
    const shown = Math.min(left, each.all)
    left -= shown
    if (table !== undefined && table !== each.table) continue
    told.shown += shown
    told.all += each.all
  }
  return told
}

/** That in words. */
export function shownRowsText({ shown, all }: { shown: number; all: number }): string {
  if (shown === all) return `${formatCount(all)} in all`
  return shown === 0
    ? `None of ${formatCount(all)} is shown with its fields: the rows of the tables before it are as many as are kept`
    : `The first ${formatCount(shown)} of ${formatCount(all)} are shown with their fields; all are counted`
}
