import { InvalidAddressError } from '@/lib/errors'
import { EventStatus } from '@/lib/generated/prisma/enums'
import type { PagePosition } from '@/lib/pagination'

export const EVENT_STATUSES = Object.values(EventStatus)

/** What an address asks of the list of events. `q` is an event's id or a subject's uuid, exactly. */
export type EventFilters = { type?: string; status?: EventStatus; q?: string }

export type SearchParams = Record<string, string | string[] | undefined>

// Event types come from the token and identifiers from bodies; neither may be longer than this.
const MAX_LENGTH = 200

/**
 * Reads the filters out of an address. An empty parameter counts as not there.
 *
 * @throws InvalidAddressError naming the parameter that cannot be what it claims to be.
 */
export function parseEventFilters(params: SearchParams): EventFilters {
  const status = single(params, 'status')
  if (status !== undefined && !isStatus(status)) {
    throw new InvalidAddressError(
      `There is no status "${status}". Known are: ${EVENT_STATUSES.join(', ')}.`,
    )
  }
  return { type: single(params, 'type'), status, q: single(params, 'q')?.trim() || undefined }
}

/**
 * Reads the page's position out of an address; whether it is a position of the list, the list decides.
 *
 * @throws InvalidAddressError when there are two.
 */
export function parsePosition(params: SearchParams): PagePosition {
  const after = single(params, 'after')
  const before = single(params, 'before')
  if (after !== undefined && before !== undefined) {
    throw new InvalidAddressError('This address gives two positions, after and before.')
  }
  return { after, before }
}

/**
 * One parameter's value, or undefined.
 *
 * @throws InvalidAddressError when it is given twice, too long, or holds U+0000, which no stored value does.
 */
export function single(params: SearchParams, name: string, maxLength = MAX_LENGTH) {
  const value = params[name]
  if (value === undefined || value === '') return undefined
  if (Array.isArray(value)) throw new InvalidAddressError(`This address gives ${name} twice.`)
  if (value.length > maxLength) {
    throw new InvalidAddressError(`In this address ${name} is longer than ${maxLength} characters.`)
  }
  if (value.includes('\u0000')) {
    throw new InvalidAddressError(`In this address ${name} holds a character that is not text.`)
  }
  return value
}

function isStatus(value: string): value is EventStatus {
  return (EVENT_STATUSES as string[]).includes(value)
}
