import { setTimeout as delay } from 'node:timers/promises'
import { db, Prisma, type Transaction } from '@/lib/db'
import { readEvents } from '@/lib/event-log/read-events'
import { settledSeq } from '@/lib/event-log/settled-seq'
import { foldAndWrite } from '@/lib/projector/project-stored-events'
import {
  compareTable,
  listDifferences,
  type Comparison,
  type RowDifference,
} from '@/lib/read-model/compare-tables'
import { READ_MODEL_TABLES } from '@/lib/read-model/read-model-tables'
import { enterShadow } from '@/lib/read-model/shadow-tables'
import { writeChanges } from '@/lib/read-model/write-changes'
import { findLowestVersion } from '../upkeep/read-model-version'
import { fillShadow, type FillOptions } from '../fill-shadow'
import { openShadowFill, type ShadowFill } from '../shadow-fill'
import { atOneMoment } from './at-one-moment'
import { keepAffectedEvents, type Repair } from './keep-affected-events'

/** Where the log is folded for the check. */
export const PARITY_SHADOW = 'waggle_parity_shadow'

/** At most so many rows are told; all are counted. */
export const MAX_LISTED = 500

// What is left of the log when its last part is folded and compared at one moment.
const NEARLY_THERE = 5_000n
const BACKLOG_PATIENCE_MS = 60_000
const POLL_MS = 250
const TAIL = { events: 1_000, bodyBytes: 4 * 1024 * 1024 }

export type ParityResult = {
  /** The end of the log at the moment that was compared. */
  upTo: bigint
  tables: Comparison[]
  /** The first rows that differ, table by table. */
  listed: RowDifference[]
  /** The events whose replay puts the rows right, which are kept under the run's id. */
  repair: Repair
  /** The lowest version of the projections that a live row is of; null when there is none. */
  lowestVersion: number | null
}

export type ParityOptions = FillOptions & {
  /** Whose check it is: the same one goes on where it was. */
  runId: string
  /** Told what is being done. */
  onStage: (stage: 'filling' | 'comparing') => Promise<void>
}

/**
 * Compares the live read model with the fold of the log at one moment: what has been projected by then, and what a
 * rebuild has put there before it was projected, folded anew beside it. Events are received and projected meanwhile;
 * the projector stops for as long as it takes to fix the moment. The caller drops what is left behind (`dropShadowFill`).
 *
 * @throws NoMomentError, FillTakenOverError, what the callbacks throw, the signal's reason, and whatever keeps the database
 *   from answering.
 */
export async function checkParity(options: ParityOptions): Promise<ParityResult> {
  const fill = await openShadowFill(PARITY_SHADOW, options.runId, options.onBegin)
  await options.onStage('filling')
  await catchUp(fill, options)
  for (const table of READ_MODEL_TABLES) {
    await db().$executeRaw(Prisma.raw(`ANALYZE "${PARITY_SHADOW}".${table}`))
  }
  await options.onStage('comparing')
  return atOneMoment(async (tx) => {
    const upTo = await foldTail(tx, fill, options.signal)
    const tables: Comparison[] = []
    const listed: RowDifference[] = []
    for (const table of READ_MODEL_TABLES) {
      options.signal.throwIfAborted()
      const comparison = await compareTable(tx, PARITY_SHADOW, table)
      tables.push(comparison)
      const left = MAX_LISTED - listed.length
      if (comparison.differences === 0 || left === 0) continue
      listed.push(...(await listDifferences(tx, PARITY_SHADOW, table, left)))
    }
    const differing = tables.filter(({ differences }) => differences > 0).map(({ table }) => table)
    const { runId, signal } = options
    const repair = await keepAffectedEvents(tx, PARITY_SHADOW, runId, differing, signal)
    return { upTo, tables, listed, repair, lowestVersion: await findLowestVersion(tx) }
  })
}

// Only what the live read model has, and only up to where it has all: the rest is seen at the one moment.
async function catchUp(fill: ShadowFill, options: ParityOptions): Promise<void> {
  let progressAt = performance.now()
  for (;;) {
    const end = await settledSeq(options.signal)
    const rebuilt = await rebuiltUpTo(db())
    const [oldest] = await db().$queryRaw<{ seq: bigint }[]>`
      SELECT seq FROM webhook_event
      WHERE status = 'pending' AND seq > ${rebuilt} ORDER BY seq LIMIT 1`
    const upTo = oldest && oldest.seq <= end ? oldest.seq - 1n : end
    const [first, second] = fill.cursors
    const from = first.seq < second.seq ? first.seq : second.seq
    if (upTo > from) {
      await fillShadow(fill, upTo, options)
      progressAt = performance.now()
    }
    if (end - upTo <= NEARLY_THERE && upTo - from <= NEARLY_THERE) return
    // A backlog that does not shrink must not keep the check waiting for ever.
    if (performance.now() - progressAt > BACKLOG_PATIENCE_MS) return
    if (upTo - from <= NEARLY_THERE) await delay(POLL_MS, undefined, { signal: options.signal })
  }
}

// In the same transaction that compares: nobody sees it, and it is gone with it.
async function foldTail(tx: Transaction, fill: ShadowFill, signal: AbortSignal): Promise<bigint> {
  await enterShadow(tx, fill.schema)
  const [end] = await tx.$queryRaw<
    { seq: bigint | null }[]
  >`SELECT max(seq) AS seq FROM webhook_event`
  const upTo = end?.seq ?? 0n
  const projectedAfter = await rebuiltUpTo(tx)
  const [first, second] = fill.cursors
  let after = first.seq < second.seq ? first.seq : second.seq
  for (;;) {
    signal.throwIfAborted()
    const events = await readEvents({ after, upTo, projectedAfter, ...TAIL }, tx)
    const last = events.at(-1)
    if (!last) return upTo
    await foldAndWrite(tx, events, writeChanges, { isArrival: false, blame: false })
    after = last.seq
  }
}

// A rebuild folds also what waits for the projector, and leaves it waiting: up to its end the live tables have
// every event, whatever its status, from the swap on.
async function rebuiltUpTo(tx: Transaction): Promise<bigint> {
  const [rebuilt] = await tx.$queryRaw<{ seq: bigint }[]>`
    SELECT COALESCE(max(upper_seq), 0) AS seq FROM replay_run
    WHERE kind = 'rebuild' AND (status = 'finished' OR report ->> 'stage' = 'noting')`
  return rebuilt?.seq ?? 0n
}
