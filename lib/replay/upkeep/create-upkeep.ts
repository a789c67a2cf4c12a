import { uuidv7 } from 'uuidv7'
import { db, type Transaction } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { lastTime } from './last-time'

/** A run over the whole log: a rebuild of the read model, or a check that it equals the log. */
export type UpkeepKind = 'rebuild' | 'parity'

/** The actor of the checks that nobody asks for. */
export const NIGHTLY = 'every night'

const CREATION_LOCK = 72_707_371

/** There is one of them already: two at a time would only do the same twice. */
export class UpkeepUnderWayError extends AppError {
  constructor(readonly runId: string) {
    super('upkeep_under_way', 'One is under way already.')
  }
}

/**
 * Asks for a rebuild or a check of parity; a worker takes it up (run-upkeep.ts).
 *
 * @param actor Who asks.
 * @returns The run's id.
 * @throws UpkeepUnderWayError when one of the kind waits or is under way, in whatever process.
 */
export async function createUpkeep(kind: UpkeepKind, actor: string): Promise<string> {
  return db().$transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(${CREATION_LOCK})`
    const open = await tx.replayRun.findFirst({
      where: { kind, status: { in: ['queued', 'running', 'paused'] } },
      select: { id: true },
    })
    if (open) throw new UpkeepUnderWayError(open.id)
    return insert(tx, kind, actor)
  })
}

/**
 * Asks for the nightly check, once, whoever asks, where there has been none since the hour that begins at `hour`,
 * UTC, was there last: also later, where nobody was there to ask in that hour. A log that has only begun since then
 * waits for the next night.
 *
 * @returns The run's id, or null when there has been one, or one is under way.
 */
export async function createNightlyCheck(hour: number, now: Date): Promise<string | null> {
  const since = lastTime(hour, now)
  return db().$transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(${CREATION_LOCK})`
    const known = await tx.replayRun.findFirst({
      where: {
        kind: 'parity',
        OR: [
          { createdAt: { gte: since }, actor: NIGHTLY },
          { createdAt: { gte: since }, status: 'finished' },
          { status: { in: ['queued', 'running', 'paused'] } },
        ],
      },
      select: { id: true },
    })
    if (known) return null
    const older = await tx.webhookEvent.findFirst({
      where: { receivedAt: { lt: since } },
      select: { seq: true },
    })
    return older ? insert(tx, 'parity', NIGHTLY, now) : null
  })
}

async function insert(
  tx: Transaction,
  kind: UpkeepKind,
  actor: string,
  createdAt?: Date,
): Promise<string> {
  const id = uuidv7()
  const last = await tx.webhookEvent.aggregate({ _max: { seq: true } })
  await tx.replayRun.create({
    data: { id, kind, actor, filter: {}, upperSeq: last._max.seq ?? 0n, createdAt },
    select: { id: true },
  })
  return id
}
