import { isOutOfReach } from '@/lib/is-out-of-reach'
import { StartError } from '@/lib/runtime/start-error'

/** Whether an error says that the database is away for the moment, also when it was found so on connecting anew. */
export function isDatabaseAway(error: unknown): boolean {
  return error instanceof StartError || isOutOfReach(error)
}
