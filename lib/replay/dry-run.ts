import { db, type Transaction } from '@/lib/db'
import { countSelected, pickEvents, readStoredEvents } from '@/lib/event-log/pick-events'
import type { EventSelection, PickedEvent } from '@/lib/event-log/pick-events'
import { databaseErrorKind } from '@/lib/projector/database-error'
import {
  foldAndWrite,
  type ProjectionOutcome,
  type Write,
} from '@/lib/projector/project-stored-events'
import { compareShadow, prepareComparison, type RowChange } from '@/lib/read-model/compare-shadow'
import { copyAffected, listWritableColumns } from '@/lib/read-model/copy-affected'
import { LAID_OVER_LIVE } from '@/lib/read-model/count-sources'
import { createShadow, enterShadow } from '@/lib/read-model/shadow-tables'
import { writeChanges } from '@/lib/read-model/write-changes'
import type { StoredEvent } from '@/lib/event-log/stored-event'
import type { DryRunReport } from './dry-run-report'
import { Foretelling } from './foretelling'
import { REPLAY_BATCH } from './replay-batch'
import { countForDryRun, noteForDryRun, prepareNotes } from './touched-totals'

// A dry run of the whole log takes as long as projecting it.
const LONGEST_MS = 6 * 3_600_000

export type DryRunOptions = {
  /** How many rows, with their fields, are handed to `onRows`. */
  rows: number
  onRows: (rows: RowChange[]) => Promise<void>
  /** How many events at once, where it is not as many as a replay takes. */
  events?: number
  /** Told after each batch; what it throws breaks the dry run off. */
  onProgress?: (done: number, total: number) => Promise<void> | void
}

/**
 * Finds out what a replay of the selected events would do, by doing it to copies: the live rows that the
 * events touch are copied into temporary tables, the same functions project and write the same batches
 * there, and what comes out is compared with the live rows, field by field.
 *
 * All of it happens in one snapshot of the database, in a transaction that may write nothing but temporary
 * tables. It locks no live row, so that neither arrivals nor replays wait for it. What arrives meanwhile is
 * not in it.
 *
 * @returns What would happen; rows beyond `options.rows` are only counted.
 * @throws Whatever keeps the database from answering, and what `onProgress` throws.
 */
export async function dryRun(
  selection: EventSelection,
  options: DryRunOptions,
): Promise<DryRunReport> {
  return db().$transaction((tx) => foretell(tx, selection, options), {
    isolationLevel: 'RepeatableRead',
    maxWait: 5_000,
    timeout: LONGEST_MS,
  })
}

async function foretell(
  tx: Transaction,
  selection: EventSelection,
  options: DryRunOptions,
): Promise<DryRunReport> {
  const columns = await listWritableColumns(tx)
  await createShadow(tx, 'pg_temp', 'lookups')
  await tx.$executeRaw`
    CREATE TEMPORARY TABLE counted_total (
      company_uuid text, uuid text, PRIMARY KEY (company_uuid, uuid)
    ) ON COMMIT DROP`
  await prepareComparison(tx)
  await prepareNotes(tx)
  // From here on Postgres itself refuses to write a live table.
  await tx.$executeRaw`SET TRANSACTION READ ONLY`
  await enterShadow(tx, 'pg_temp')

  const write: Write = async (inner, changes) => {
    await copyAffected(inner, changes, columns)
    return writeChanges(inner, changes, {
      thorough: true,
      sources: LAID_OVER_LIVE,
      noteForCounting: noteForDryRun,
    })
  }
  const atOnce = options.events === undefined ? {} : { events: options.events }
  const total = await countSelected(tx, selection)
  const told = new Foretelling()
  for (let after = 0n; ;) {
    const picked = await pickEvents(tx, selection, { ...REPLAY_BATCH, ...atOnce, after })
    const last = picked.at(-1)
    if (!last) break
    after = last.seq
    await foretellBatch(tx, picked, write, told)
    await options.onProgress?.(told.events, total)
  }
  await countForDryRun(tx, LAID_OVER_LIVE)
  const tables = await compareShadow(tx, columns, options.rows, options.onRows)
  return told.report(tx, tables, options.rows)
}

async function foretellBatch(
  tx: Transaction,
  picked: PickedEvent[],
  write: Write,
  told: Foretelling,
): Promise<void> {
  const events = await readStoredEvents(
    tx,
    picked.map(({ seq }) => seq),
  )
  told.examine(events)
  await tx.$executeRaw`SAVEPOINT picked`
  try {
    told.add(picked, await foldAndWrite(tx, events, write, { isArrival: false, blame: false }))
  } catch (error) {
    // As a run does: each event by itself, and the one that meets it is to blame.
    if (databaseErrorKind(error) !== 'fault') throw error
    await tx.$executeRaw`ROLLBACK TO SAVEPOINT picked`
    told.add(picked, await oneByOne(tx, events, write))
  }
  await tx.$executeRaw`RELEASE SAVEPOINT picked`
}

async function oneByOne(tx: Transaction, events: StoredEvent[], write: Write) {
  const all: Omit<ProjectionOutcome, 'applied'> = { failures: [], changed: new Set() }
  for (const event of events) {
    const one = await foldAndWrite(tx, [event], write, { isArrival: false, blame: true })
    all.failures.push(...one.failures)
    for (const seq of one.changed) all.changed.add(seq)
  }
  return all
}
