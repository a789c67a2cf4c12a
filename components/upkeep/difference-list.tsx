import { replayHref } from '@/components/addresses'
import { DIFFERING, ForetoldRows } from '@/components/replays/foretold-rows'
import { shownRows, shownRowsText } from '@/components/replays/shown-rows'
import { TableTabs } from '@/components/replays/table-tabs'
import { Card, CardHeader, CardTitle } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { Pager } from '@/components/ui/pager'
import type { ForetoldRow } from '@/lib/queries/list-foretold-rows'
import type { CheckReport } from '@/lib/queries/read-check-report'

type Props = {
  runId: string
  check: CheckReport
  /** The table whose rows are shown; undefined for all. */
  table: string | undefined
  rows: { rows: ForetoldRow[]; nextCursor: string | null; previousCursor: string | null }
}

/** A page of the rows in which a check found the dashboard and the log to differ. */
export function DifferenceList({ runId, check, table, rows }: Props) {
  const differing = check.tables
    .map((each) => ({ table: each.table, all: each.differences }))
    .filter(({ all }) => all > 0)
  return (
    <>
      <TableTabs path={replayHref(runId)} tables={differing} table={table} />
      <Card>
        <CardHeader>
          <CardTitle>Rows that differ</CardTitle>
          <p className="text-xs text-muted">
            {shownRowsText(shownRows(differing, check.listed, table))}
          </p>
        </CardHeader>
        {check.differences === 0 ? (
          <EmptyState
            title="No row differs"
            description="Everything that the pages show is what the event log says."
          />
        ) : (
          <>
            <p className="border-b px-4 py-2 text-xs text-muted">
              Struck out stands what the pages show, and in green what the event log says.
            </p>
            <ForetoldRows rows={rows.rows} words={DIFFERING} />
          </>
        )}
      </Card>
      <Pager page={rows} label="Pages of rows" />
    </>
  )
}
