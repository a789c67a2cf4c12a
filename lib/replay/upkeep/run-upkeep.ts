import { db } from '@/lib/db'
import { whileHoldingLock } from '@/lib/hold-lock'
import { log } from '@/lib/log'
import { databaseErrorMessage } from '@/lib/projector/database-error'
import { pause } from '@/lib/pause'
import { createNightlyCheck } from './create-upkeep'
import { noteFirstVersion } from './read-model-version'
import { dropLeftovers, workOnUpkeep } from './work-on-upkeep'

const UPKEEP_LOCK = 72_707_372
const POLL_MS = 1_000
const BACKOFF_MS = 2_000
const CHECK_POLL_MS = 60_000

/**
 * Works on rebuilds and checks of parity until the signal aborts, one at a time among all processes; any number of
 * them may run it. It outlives the database going away and never throws.
 *
 * @param options.checkHour The hour of the day, UTC, for which it asks for a check by itself; never when undefined.
 */
export async function runUpkeep({
  signal,
  checkHour,
}: {
  signal: AbortSignal
  checkHour: number | undefined
}): Promise<void> {
  let tidy = false
  const asking =
    checkHour !== undefined &&
    forever(signal, CHECK_POLL_MS, async () => {
      await createNightlyCheck(checkHour, new Date())
    })
  const working = forever(signal, POLL_MS, async () => {
    if (tidy && !(await isWaiting())) return
    if (!tidy) await noteFirstVersion()
    const worked = await whileHoldingLock(UPKEEP_LOCK, async (lost) => {
      const stop = AbortSignal.any([signal, lost])
      while (!stop.aborted && (await workOnUpkeep(stop)));
      if (!stop.aborted) await dropLeftovers()
    })
    tidy ||= worked
  })
  await Promise.all([asking, working])
}

// Asked for apart from the work: a rebuild may take longer than a night.
async function forever(
  signal: AbortSignal,
  pauseMs: number,
  work: () => Promise<void>,
): Promise<void> {
  while (!signal.aborted) {
    try {
      await work()
      await pause(pauseMs, signal)
    } catch (error) {
      if (signal.aborted) return
      log.warn(
        { err: databaseErrorMessage(error) },
        'upkeep of the read model could not go on; it is tried again',
      )
      await pause(BACKOFF_MS, signal)
    }
  }
}

/**
 * Works on what waits, if no running Waggle does, until nothing waits or the signal aborts.
 *
 * @throws Whatever keeps the database from answering.
 */
export async function workWhereNobodyDoes(signal: AbortSignal): Promise<void> {
  await whileHoldingLock(UPKEEP_LOCK, async (lost) => {
    const stop = AbortSignal.any([signal, lost])
    while (!stop.aborted && (await workOnUpkeep(stop)));
  })
}

async function isWaiting(): Promise<boolean> {
  const run = await db().replayRun.findFirst({
    where: { kind: { in: ['rebuild', 'parity'] }, status: { in: ['queued', 'running'] } },
    select: { id: true },
  })
  return run !== null
}
