import { lockEvents } from '@/lib/event-log/claim-pending-events'
import { inProjectionTransaction } from '@/lib/projector/in-projection-transaction'
import {
  projectStoredEvents,
  type ProjectionContext,
  type ProjectionOutcome,
} from '@/lib/projector/project-stored-events'

/**
 * Projects the given events again, whatever their status, in one transaction, and records an attempt
 * for each. The same path as an arrival's: versions decide, so that an old event undoes nothing newer.
 * Duplicates are left out.
 *
 * @param seqs At most as many as a batch has; the caller cuts longer lists.
 * A replay also repairs what the events have won before: see WriteOptions.
 *
 * @returns The events that took effect, which of them changed something, and why the others did not.
 */
export async function projectEvents(
  seqs: bigint[],
  context: ProjectionContext,
): Promise<ProjectionOutcome> {
  return inProjectionTransaction(
    async (tx) => projectStoredEvents(tx, await lockEvents(tx, seqs), context),
    { durable: true },
  )
}
