import type { Transaction } from '@/lib/db'
import { listFirstMoments, selectWriters, type FirstMoment } from '@/lib/read-model/compare-tables'
import type { ReadModelTable } from '@/lib/read-model/read-model-tables'
import { findFirstEvents } from './find-first-events'

/** A repair is of at most so many events; where it takes more, a rebuild is the shorter way. */
export const MAX_REPAIRED = 100_000

/** How many events a repair replays, and whether they are not all that it would take. */
export type Repair = { events: number; isCut: boolean }

/**
 * Keeps, under the check's id, which events put right the rows that differ: those that wrote them, and of rows that
 * are missing or known since too late also the one that told of them first. In the check's transaction, which sees
 * the shadow.
 *
 * @param tables Those in which rows differ.
 */
export async function keepAffectedEvents(
  tx: Transaction,
  schema: string,
  runId: string,
  tables: ReadModelTable[],
  signal: AbortSignal,
): Promise<Repair> {
  await tx.$executeRaw`DELETE FROM parity_event WHERE run_id = ${runId}::uuid`
  const kept: Repair = { events: 0, isCut: false }
  const moments: FirstMoment[] = []
  for (const table of tables) {
    signal.throwIfAborted()
    const most = MAX_REPAIRED - kept.events
    const writers = await selectWriters(tx, schema, table)
    const [row] = await tx.$queryRaw<{ found: bigint; added: bigint }[]>`
      WITH found AS MATERIALIZED (
        SELECT DISTINCT seq FROM (${writers}) w ORDER BY seq LIMIT ${most + 1}
      ), added AS (
        INSERT INTO parity_event (run_id, event_seq)
        SELECT ${runId}::uuid, seq FROM found ORDER BY seq LIMIT ${most}
        ON CONFLICT DO NOTHING
        RETURNING event_seq
      )
      SELECT (SELECT count(*) FROM found) AS found, (SELECT count(*) FROM added) AS added`
    kept.events += Number(row?.added)
    kept.isCut ||= Number(row?.found) > most
    const room = MAX_REPAIRED - moments.length
    const late = await listFirstMoments(tx, schema, table, room + 1)
    kept.isCut ||= late.length > room
    moments.push(...late.slice(0, room))
  }
  const first = moments.length > 0 ? await findFirstEvents(tx, moments, signal) : []
  const most = MAX_REPAIRED - kept.events
  kept.isCut ||= first.length > most
  kept.events += await tx.$executeRaw`
    INSERT INTO parity_event (run_id, event_seq)
    SELECT ${runId}::uuid, seq FROM unnest(${first.slice(0, most)}::bigint[]) seq
    ON CONFLICT DO NOTHING`
  return kept
}
