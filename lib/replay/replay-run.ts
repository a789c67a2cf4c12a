import { AppError } from '@/lib/errors'
import { readEventFilterJson } from '@/lib/event-filter/event-filter-json'
import type { EventSelection } from '@/lib/event-log/pick-events'

/** What a run is asked to do, as it is stored. */
export type StoredSelection = {
  filter: unknown
  retryOfId: string | null
  repairOfId: string | null
  upperSeq: bigint
}

/** There is no such run. */
export class RunNotFoundError extends AppError {
  constructor() {
    super('run_not_found', 'There is no run with this id.')
  }
}

/** What is asked of a run does not go with its status. */
export class RunStatusError extends AppError {
  constructor(message: string) {
    super('run_status', message)
  }
}

/**
 * The events that a stored run is about.
 *
 * @throws InvalidAddressError when its filter is one that this version does not know.
 */
export function selectionOf({ filter, ...rest }: StoredSelection): EventSelection {
  const { retryOfId, repairOfId, upperSeq } = rest
  return { filter: readEventFilterJson(filter), retryOfId, repairOfId, upperSeq }
}
