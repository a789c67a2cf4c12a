import { Prisma, type Transaction } from '@/lib/db'
import { WHOLE_TABLES, type CountSources } from '@/lib/read-model/count-sources'
import { countTotals } from '@/lib/read-model/count-totals'
import type { WrittenKey } from '@/lib/read-model/lower-first-event-at'
import { TABLES_WITH_TOTALS, type NoteKeys } from '@/lib/read-model/write-options'

type Place = { table: Prisma.Sql; runId: string }

/** Where a run notes what it has named; what a dry run has is temporary. */
const OF_RUNS = Prisma.raw('public.replay_touched')
const OF_DRY_RUN = {
  table: Prisma.raw('pg_temp.touched'),
  runId: '00000000-0000-0000-0000-000000000000',
}

/** Notes what a run has named, in the transaction of the batch that names it. */
export function notingFor(runId: string): NoteKeys {
  return noting({ table: OF_RUNS, runId })
}

/**
 * Counts the next totals of what a run has named, and forgets that it has; how many of them it puts right is added to
 * the run.
 *
 * @param most How many rows at once.
 * @returns Whether there were any.
 */
export async function countNextTotals(
  tx: Transaction,
  runId: string,
  most: number,
): Promise<boolean> {
  const counted = await countNext(tx, { table: OF_RUNS, runId }, most, WHOLE_TABLES)
  if (counted && counted.righted > 0) {
    await tx.$executeRaw`
      UPDATE replay_run SET righted = righted + ${counted.righted} WHERE id = ${runId}::uuid`
  }
  return counted !== undefined
}

/** The same for a dry run, which does it in its one transaction. */
export const noteForDryRun: NoteKeys = noting(OF_DRY_RUN)

/** Makes what `noteForDryRun` needs, before the transaction may write nothing but temporary tables. */
export async function prepareNotes(tx: Transaction): Promise<void> {
  await tx.$executeRaw`
    CREATE TEMPORARY TABLE touched (
      run_id uuid, kind text, company_uuid text, uuid text,
      PRIMARY KEY (run_id, kind, company_uuid, uuid)
    ) ON COMMIT DROP`
}

/** Counts all totals of what a dry run has named. */
export async function countForDryRun(tx: Transaction, sources: CountSources): Promise<void> {
  while (await countNext(tx, OF_DRY_RUN, DRY_RUN_PART, sources));
}

const DRY_RUN_PART = 1_000

function noting({ table, runId }: Place): NoteKeys {
  return async (tx, kind, keys) => {
    if (keys.length === 0) return
    const json = JSON.stringify(keys.map(({ company_uuid, uuid }) => ({ company_uuid, uuid })))
    await tx.$executeRaw`
      INSERT INTO ${table} (run_id, kind, company_uuid, uuid)
      SELECT ${runId}::uuid, ${kind}, company_uuid, uuid
      FROM json_to_recordset(${json}::json) AS x(company_uuid text, uuid text)
      ON CONFLICT DO NOTHING`
  }
}

// Table by table: totals of partnerships are sums of those of their rooms.
async function countNext(
  tx: Transaction,
  place: Place,
  most: number,
  sources: CountSources,
): Promise<{ righted: number } | undefined> {
  for (const kind of TABLES_WITH_TOTALS) {
    const keys = await tx.$queryRaw<WrittenKey[]>`
      DELETE FROM ${place.table} t USING (
        SELECT company_uuid, uuid FROM ${place.table}
        WHERE run_id = ${place.runId}::uuid AND kind = ${kind}
        ORDER BY company_uuid, uuid LIMIT ${most}
      ) next
      WHERE t.run_id = ${place.runId}::uuid AND t.kind = ${kind}
        AND t.company_uuid = next.company_uuid AND t.uuid = next.uuid
      RETURNING t.company_uuid, t.uuid`
    if (keys.length === 0) continue
    const { righted, partnerships } = await countTotals(tx, kind, keys, sources)
    await noting(place)(tx, 'partnership_total', partnerships)
    return { righted }
  }
  return undefined
}
