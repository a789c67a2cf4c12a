import { uuidv7 } from 'uuidv7'
import { z } from 'zod'
import { db } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { EVERY_EVENT, MAX_IDS } from '@/lib/event-filter/event-filter'
import { eventFilterJson } from '@/lib/event-filter/event-filter-json'
import { projectEvents } from '@/lib/projector/project-events'
import { isEventId } from '@/lib/schemas/is-event-id'

/** There is no finished check with this id. */
export class CheckNotFoundError extends AppError {
  constructor() {
    super('check_not_found', 'There is no finished check of parity with this id.')
  }
}

const REPORT = z.object({ repairedBy: z.array(z.string()) })

/**
 * Replays the events that a check of parity found to have written the rows that differ, with those of their subjects
 * where these are needed. A replay writes such rows anew; what no event has written, and rows whose version
 * somebody has raised by hand, only a rebuild puts right. Each part of the repair is a replay run of its own, kept
 * like any other.
 *
 * @param runId The check's id.
 * @param actor Who asks.
 * @returns How many events were replayed, and how many of them failed.
 * @throws CheckNotFoundError.
 */
export async function repairDifferences(
  runId: string,
  actor: string,
): Promise<{ replayed: number; failed: number }> {
  const run = isEventId(runId)
    ? await db().replayRun.findFirst({
        where: { id: runId, kind: 'parity', status: 'finished' },
        select: { report: true },
      })
    : null
  if (!run) throw new CheckNotFoundError()
  const { repairedBy } = REPORT.parse(run.report)
  let failed = 0
  for (let start = 0; start < repairedBy.length; start += MAX_IDS) {
    failed += await replay(repairedBy.slice(start, start + MAX_IDS), actor)
  }
  return { replayed: repairedBy.length, failed }
}

async function replay(ids: string[], actor: string): Promise<number> {
  const events = await db().webhookEvent.findMany({
    where: { id: { in: ids } },
    orderBy: { seq: 'asc' },
    select: { seq: true },
  })
  const seqs = events.map(({ seq }) => seq)
  const startedAt = new Date()
  const { applied, changed, failures } = await projectEvents(seqs, { trigger: 'replay', actor })
  await db().replayRun.create({
    data: {
      id: uuidv7(),
      kind: 'replay',
      status: 'finished',
      actor,
      filter: eventFilterJson({ ...EVERY_EVENT, ids }),
      upperSeq: seqs.at(-1) ?? 0n,
      total: seqs.length,
      done: seqs.length,
      changed: changed.size,
      unchanged: applied.length - changed.size,
      failed: failures.length,
      activeMs: Date.now() - startedAt.getTime(),
      createdAt: startedAt,
      startedAt,
      finishedAt: new Date(),
    },
    select: { id: true },
  })
  return failures.length
}
