import { db, Prisma, type Transaction } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { log } from '@/lib/log'
import { databaseErrorMessage } from '@/lib/projector/database-error'
import { PROJECTOR_VERSION } from '@/lib/projections/projector-version'
import { TablesChangedError } from '@/lib/read-model/swap-shadow'
import { NoMomentError } from '../parity/at-one-moment'
import { FillTakenOverError } from '../fill-shadow'
import { checkParity, PARITY_SHADOW, type ParityResult } from '../parity/check-parity'
import { REBUILD_SHADOW, rebuildReadModel } from '../rebuild/rebuild-read-model'
import { dropShadowFill } from '../shadow-fill'
import { noteLowestVersion } from './read-model-version'
import {
  beat,
  beginNoting,
  beginStage,
  countBatch,
  failUpkeep,
  finishUpkeep,
  isOpen,
  restart,
  takeUpkeep,
  UpkeepStoppedError,
  type OpenUpkeep,
} from './upkeep-run'

const BEAT_MS = 2_000
const TRIES = 5

/** How often a run has broken off in this process, in a row. */
const failures = new Map<string, number>()

/**
 * Takes the oldest rebuild or check of parity and does it, or goes on with it; the caller holds the upkeep lock. What
 * broke off is tried again, some times, from where it was. What a run that is over has left behind is removed.
 *
 * @returns Whether there was one.
 * @throws Whatever keeps the database from answering; the run goes on later.
 */
export async function workOnUpkeep(signal: AbortSignal): Promise<boolean> {
  const run = await takeUpkeep()
  if (!run) return false
  const stop = new AbortController()
  const timer = setInterval(() => {
    beat(run.id).catch((error: unknown) => {
      if (error instanceof UpkeepStoppedError) stop.abort(error)
    })
  }, BEAT_MS)
  try {
    await perform(run, AbortSignal.any([signal, stop.signal]))
    failures.delete(run.id)
  } catch (error) {
    await breakOff(run, error, AbortSignal.any([signal, stop.signal]))
  } finally {
    clearInterval(timer)
  }
  if (!(await isOpen(run.id))) await dropShadowFill(shadowOf(run))
  return true
}

/** Removes the shadows of runs that are over: their process died, or they were cancelled while nobody worked. */
export async function dropLeftovers(): Promise<void> {
  const open = await db().replayRun.findMany({
    where: {
      kind: { in: ['rebuild', 'parity'] },
      status: { in: ['queued', 'running', 'paused'] },
    },
    select: { kind: true },
  })
  for (const kind of ['rebuild', 'parity'] as const) {
    if (!open.some((run) => run.kind === kind)) await dropShadowFill(shadowOf({ kind }))
  }
}

function shadowOf({ kind }: Pick<OpenUpkeep, 'kind'>) {
  return kind === 'rebuild' ? REBUILD_SHADOW : PARITY_SHADOW
}

async function perform(run: OpenUpkeep, signal: AbortSignal): Promise<void> {
  const options = {
    runId: run.id,
    actor: run.actor,
    signal,
    onBegin: () => restart(run.id),
    onBatch: (tx: Transaction, counts: { events: number; failed: number }) =>
      countBatch(tx, run.id, counts),
    onStage: (stage: string) => beginStage(run.id, stage),
  }
  if (run.kind === 'rebuild') {
    await rebuildReadModel({
      ...options,
      onSwapped: async (tx, upTo) => {
        await noteLowestVersion(tx, PROJECTOR_VERSION)
        await beginNoting(tx, run.id, upTo)
      },
      onNoted: (upTo) => finishUpkeep(db(), run.id, upTo, { projectorVersion: PROJECTOR_VERSION }),
    })
  } else {
    await report(run.id, await checkParity(options))
  }
}

async function report(id: string, result: ParityResult): Promise<void> {
  const { upTo, tables, listed, repair, lowestVersion } = result
  await db().$transaction(async (tx) => {
    await tx.replayChange.deleteMany({ where: { runId: id } })
    await tx.replayChange.createMany({
      data: listed.map(({ table, key, kind, fields }, index) => ({
        runId: id,
        number: index + 1,
        tableName: table,
        companyUuid: key.company_uuid ?? '',
        key,
        kind,
        fields: fields as Prisma.InputJsonArray,
      })),
    })
    const sum = (of: 'compared' | 'differences') =>
      tables.reduce((total, table) => total + table[of], 0)
    const differences = sum('differences')
    await finishUpkeep(tx, id, upTo, {
      compared: sum('compared'),
      differences,
      tables,
      listed: listed.length,
      repairs: repair.events,
      isCut: repair.isCut,
    })
    await tx.replayRun.update({ where: { id }, data: { changed: differences } })
    if (lowestVersion !== null) await noteLowestVersion(tx, lowestVersion)
  })
}

async function breakOff(run: OpenUpkeep, error: unknown, signal: AbortSignal): Promise<void> {
  if (signal.aborted || error instanceof UpkeepStoppedError) return
  const err = databaseErrorMessage(error)
  const count = (failures.get(run.id) ?? 0) + 1
  failures.set(run.id, count)
  // After a migration it begins anew, another moment may be had later, and a fill that somebody else moved on is read again.
  const mayPass = [TablesChangedError, NoMomentError, FillTakenOverError].some(
    (passing) => error instanceof passing,
  )
  const isFinal = error instanceof AppError && !mayPass
  if (!isFinal && count < TRIES) {
    log.warn({ err, runId: run.id }, `a ${run.kind} broke off; it is tried again`)
    throw error
  }
  failures.delete(run.id)
  log.error({ err, runId: run.id }, `a ${run.kind} failed`)
  await failUpkeep(run.id, err)
}
