import { Stat } from '@/components/ui/stat'
import { DifferenceList } from '@/components/upkeep/difference-list'
import type { ReplayRunDetail } from '@/lib/queries/get-replay-run'
import type { ForetoldRow } from '@/lib/queries/list-foretold-rows'
import type { CheckReport } from '@/lib/queries/read-check-report'

type Props = {
  run: ReplayRunDetail
  check: CheckReport
  table: string | undefined
  rows: { rows: ForetoldRow[]; nextCursor: string | null; previousCursor: string | null }
}

/** What a check of parity has found: how many rows it compared, and those that differ with their fields. */
export function CheckResult({ run, check, table, rows }: Props) {
  return (
    <div className="mb-4">
      <div className="mb-4 grid grid-cols-1 gap-3 sm:grid-cols-3">
        <Stat label="Rows compared" value={check.compared} />
        <Stat label="Rows that differ" value={check.differences} />
        <Stat label="Events that repair them" value={check.repairs} hint={repairHint(check)} />
      </div>
      <DifferenceList runId={run.id} check={check} table={table} rows={rows} />
    </div>
  )
}

function repairHint({ differences, repairs, isCut }: CheckReport): string | undefined {
  if (differences === 0) return undefined
  if (repairs === 0) return 'No event puts these rows right: a rebuild does'
  return isCut
    ? 'A repair takes no more of them at once: check again afterwards, or rebuild'
    : 'Only a rebuild puts right what no event wrote, and rows whose version was changed by hand'
}
