import { appendEvents, PartlyAppendedError } from '@/lib/event-log/append-events'
import type { AppendedEvent, NewEvent } from '@/lib/event-log/new-event'
import { isDataError, sqlStateOf } from '@/lib/sql-state'
import { DatabaseUnavailableError } from '@/lib/errors'
import { log } from '@/lib/log'
import { GroupCommit } from './group-commit'

const MIB = 1_048_576

// What a row takes beside its body.
const ROW_OVERHEAD = 1_024

const holder = globalThis as unknown as { waggleWriter?: GroupCommit<NewEvent, AppendedEvent> }

/**
 * Stores an event; resolves when its commit is durable.
 *
 * @throws QueueFullError, DatabaseUnavailableError (it may be tried again), or Postgres's refusal of this
 *   very event.
 */
export function storeEvent(event: NewEvent): Promise<AppendedEvent> {
  return writer().submit(event, event.bodySize + ROW_OVERHEAD)
}

// One a process: on globalThis, because Next may evaluate a module once for each bundle.
function writer(): GroupCommit<NewEvent, AppendedEvent> {
  return (holder.waggleWriter ??= new GroupCommit({
    write: writeBatch,
    isItemsFault: isDataError,
    maxBatchItems: 256,
    maxBatchBytes: 4 * MIB,
    maxQueuedItems: 4_096,
    // Room for one event of the largest size that MAX_BODY_BYTES may be set to.
    maxQueuedBytes: 96 * MIB,
    maxInFlight: 1,
    deadlineMs: 5_000,
  }))
}

async function writeBatch(events: NewEvent[]): Promise<(AppendedEvent | Error)[]> {
  try {
    return await appendEvents(events)
  } catch (error) {
    // Never the error's own text: Postgres quotes values in it.
    log.error({ events: events.length, sqlState: sqlStateOf(error) }, 'events could not be stored')
    if (!(error instanceof PartlyAppendedError)) throw error
    return error.appended.map(
      (appended) => appended ?? new DatabaseUnavailableError({ cause: error }),
    )
  }
}
