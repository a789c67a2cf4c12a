import { uuidv7 } from 'uuidv7'
import { db } from '@/lib/db'
import { EVERY_EVENT, type FixedEventFilter } from '@/lib/event-filter/event-filter'
import { eventFilterJson } from '@/lib/event-filter/event-filter-json'
import { isEventId } from '@/lib/schemas/is-event-id'
import { RunNotFoundError, RunStatusError } from './replay-run'

/**
 * Asks for a run over every event that passes a filter now: what arrives later is not in it. The workers
 * take it up (run-replays.ts).
 *
 * @param actor Who asks, for the run and for the attempts of its events.
 * @returns The run's id.
 */
export async function createRun(
  kind: 'replay' | 'dry_run',
  filter: FixedEventFilter,
  actor: string,
): Promise<string> {
  return insertRun({ ...EVERY_ONE, kind, filter: eventFilterJson(filter), actor })
}

/**
 * Asks for the replay of a single event, which needs no search for it.
 *
 * @returns The run's id.
 */
export async function createRunOfOne(
  event: { id: string; seq: bigint },
  actor: string,
): Promise<string> {
  const filter = eventFilterJson({ ...EVERY_EVENT, ids: [event.id] })
  const place = { cursorSeq: event.seq - 1n, total: 1n, startedAt: new Date() }
  return insertRun({ ...EVERY_ONE, ...place, kind: 'replay', filter, actor }, event.seq)
}

/**
 * Asks for the run that a dry run has foretold: of the same events, up to the same one.
 *
 * @throws RunNotFoundError, or RunStatusError where it is no dry run.
 */
export async function runForetold(dryRunId: string, actor: string): Promise<string> {
  const { kind, filter, retryOfId, repairOfId, upperSeq } = await findRun(dryRunId)
  if (kind !== 'dry_run') throw new RunStatusError('Only a dry run foretells a replay.')
  const selection = { filter: filter as Filter, retryOfId, repairOfId }
  return insertRun({ kind: 'replay', ...selection, actor }, upperSeq)
}

/**
 * Asks for a run of just those events that failed in another one.
 *
 * @throws RunNotFoundError, or RunStatusError where nothing has failed in it.
 */
export async function retryFailed(runId: string, actor: string): Promise<string> {
  const { kind, failed, upperSeq } = await findRun(runId)
  if (kind !== 'replay' || failed === 0n) throw new RunStatusError('No event failed in this run.')
  return insertRun({ ...EVERY_ONE, kind: 'replay', retryOfId: runId, actor }, upperSeq)
}

/** The newest event of the log, as it can be seen now; 0 when there is none. */
export async function lastSeq(): Promise<bigint> {
  const last = await db().webhookEvent.aggregate({ _max: { seq: true } })
  return last._max.seq ?? 0n
}

type Filter = ReturnType<typeof eventFilterJson>
/** A run that is asked for: what it is of, and in whose name. */
export type NewRun = {
  kind: 'replay' | 'dry_run'
  filter: Filter
  retryOfId: string | null
  repairOfId: string | null
  actor: string
  cursorSeq?: bigint
  total?: bigint
  startedAt?: Date
}

/** The selection of every event, to be narrowed. */
export const EVERY_ONE = { filter: {}, retryOfId: null, repairOfId: null }

/**
 * Puts a run into the queue of the workers.
 *
 * @param upperSeq The last event that it may be about; the newest one of the log when undefined.
 * @returns Its id.
 */
export async function insertRun(run: NewRun, upperSeq?: bigint): Promise<string> {
  const id = uuidv7()
  await db().replayRun.create({
    data: { id, ...run, upperSeq: upperSeq ?? (await lastSeq()) },
    select: { id: true },
  })
  return id
}

async function findRun(id: string) {
  const run = isEventId(id)
    ? await db().replayRun.findUnique({
        where: { id },
        select: {
          kind: true,
          filter: true,
          retryOfId: true,
          repairOfId: true,
          upperSeq: true,
          failed: true,
        },
      })
    : null
  if (!run) throw new RunNotFoundError()
  return run
}
