import { InvalidAddressError } from '@/lib/errors'
import { EventStatus } from '@/lib/generated/prisma/enums'
import { readParam, type SearchParams } from './read-search-params'

export const EVENT_STATUSES = Object.values(EventStatus)

/** What an address asks of the list of events. `q` is an event's id or a subject's uuid, exactly. */
export type EventFilters = { type?: string; status?: EventStatus; q?: string }

/**
 * Reads the filters out of an address. An empty parameter counts as not there.
 *
 * @throws InvalidAddressError naming the parameter that cannot be what it claims to be.
 */
export function parseEventFilters(params: SearchParams): EventFilters {
  const status = readParam(params, 'status')
  if (status !== undefined && !isStatus(status)) {
    throw new InvalidAddressError(
      `There is no status "${status}". Known are: ${EVENT_STATUSES.join(', ')}.`,
    )
  }
  return { type: readParam(params, 'type'), status, q: readParam(params, 'q')?.trim() || undefined }
}

function isStatus(value: string): value is EventStatus {
  return (EVENT_STATUSES as string[]).includes(value)
}
