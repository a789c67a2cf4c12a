import { claimPendingEvents, type Half } from '@/lib/event-log/claim-pending-events'
import { log } from '@/lib/log'
import { inProjectionTransaction } from './in-projection-transaction'
import { projectStoredEvents } from './project-stored-events'

export const BATCH_SIZE = 2_000

// Bounds the memory of a batch of large bodies; parsed and folded they take several times as much.
const MAX_BATCH_BYTES = 8 * 1024 * 1024

export type BatchResult = {
  claimed: number
  applied: number
  failed: number
  /** The oldest event of the batch, or null when there was nothing to do. */
  firstSeq: bigint | null
}

/**
 * Claims pending events, projects them, writes the read model and marks the events, in one transaction:
 * a crash at any point leaves all of it done or none.
 *
 * @param limit The largest number of events; their bodies are bounded as well (8 MiB together).
 * @param fromSeq Where the search for pending events starts.
 * @param blame Whether an unforeseen error is put down to the event that meets it, which is then failed.
 * @param half Leaves the events of the other half alone, which somebody else projects meanwhile.
 * @throws Whatever keeps the database from answering, and unforeseen errors; the events stay pending.
 */
export async function projectBatch(
  limit = BATCH_SIZE,
  fromSeq = 0n,
  blame = false,
  half?: Half,
): Promise<BatchResult> {
  const startedAt = performance.now()
  const result = await inProjectionTransaction(
    async (tx) => {
      const limits = { events: limit, bodyBytes: MAX_BATCH_BYTES, fromSeq, half }
      const events = await claimPendingEvents(tx, limits)
      const first = events[0]
      if (!first) return { claimed: 0, applied: 0, failed: 0, firstSeq: null, failures: [] }
      const context = { trigger: 'arrival', actor: null } as const
      const { applied, failures } = await projectStoredEvents(tx, events, context, blame)
      return {
        claimed: events.length,
        applied: applied.length,
        failed: failures.length,
        firstSeq: first.seq,
        failures,
      }
    },
    { durable: false },
  )
  const { failures, ...told } = result
  for (const { seq, code } of failures) log.warn({ seq: String(seq), code }, 'an event failed')
  if (told.claimed > 0) {
    const { claimed, applied, failed } = told
    const ms = Math.round(performance.now() - startedAt)
    log.debug({ claimed, applied, failed, ms }, 'projected a batch')
  }
  return told
}
