import { InvalidAddressError } from '@/lib/errors'
import { isUuid } from '@/lib/is-uuid'
import { parseIsoTime } from '@/lib/schemas/iso-time'
import { EVENT_STATUSES, MAX_IDS, type EventFilter } from './event-filter'
import { spanMs } from './time-span'

/** What a filter may say, by the names that addresses and stored filters have for it, in their order. */
export const FILTER_FIELDS = [
  'q',
  'ids',
  'type',
  'status',
  'company',
  'partnership',
  'room',
  'contact',
  'message',
  'error',
  'duplicate',
  'within',
  'from',
  'to',
  'text',
] as const

export type FilterField = (typeof FILTER_FIELDS)[number]

/** A filter taken apart into texts: what addresses, stored filters and command lines have in common. */
export type FilterTexts = Partial<Record<FilterField, string[]>>

const MAX_TYPES = 50
// Ids and event types (journeybee.md, Identifiers).
const MAX_LENGTH = 200
// Postgres and Date agree on these.
const FIRST_MS = 0
const LAST_MS = 253_402_300_799_999

/** Whether a filter has a field of this name. */
export function isFilterField(name: string): name is FilterField {
  return (FILTER_FIELDS as readonly string[]).includes(name)
}

/**
 * The filter that the texts spell. An empty text counts as not there.
 *
 * @param nameOf How whoever wrote them calls a field, for the refusal.
 * @throws InvalidAddressError naming the field that can't be what it claims to be.
 */
export function readFilterTexts(
  given: FilterTexts,
  nameOf: (field: FilterField) => string = (field) => field,
): EventFilter {
  const many = (field: FilterField, max: number) => {
    const values = [...new Set(textsOf(given, field, nameOf))].sort()
    if (values.length > max) refuse(`“${nameOf(field)}” can be given ${max} times at most.`)
    return values
  }
  const one = (field: FilterField) => {
    const [value, ...others] = textsOf(given, field, nameOf)
    if (others.length > 0) refuse(`“${nameOf(field)}” is given more than once.`)
    return value
  }
  const time = (field: 'from' | 'to') => {
    const text = one(field)
    if (text === undefined) return undefined
    const ms = parseIsoTime(text)
    if (ms !== null && ms >= FIRST_MS && ms <= LAST_MS) return new Date(ms)
    return refuse(
      `“${nameOf(field)}” must be a time such as 2026-11-22T08:00Z, and “${text}” is none.`,
    )
  }

  const ids = many('ids', MAX_IDS).map((id) => id.toLowerCase())
  if (!ids.every(isUuid)) refuse(`“${nameOf('ids')}” must be ids of events.`)
  const statuses = EVENT_STATUSES.filter((status) => many('status', MAX_TYPES).includes(status))
  for (const status of many('status', MAX_TYPES)) {
    if (!(EVENT_STATUSES as readonly string[]).includes(status)) {
      refuse(`There is no status “${status}”. Known are: ${EVENT_STATUSES.join(', ')}.`)
    }
  }
  const duplicate = one('duplicate')
  if (duplicate !== undefined && duplicate !== 'yes' && duplicate !== 'no') {
    refuse(`“${nameOf('duplicate')}” can be yes or no; nothing else.`)
  }
  const within = one('within')
  if (within !== undefined && spanMs(within) === null) {
    refuse(`“${nameOf('within')}” must be a span such as 90m, 2h, 7d or 4w.`)
  }
  const [from, to] = [time('from'), time('to')]
  if (within !== undefined && (from ?? to)) {
    refuse(`“${nameOf('within')}” is counted back from now: no other time goes with it.`)
  }
  if (from && to && from >= to) {
    refuse(`“${nameOf('from')}” must be before “${nameOf('to')}”.`)
  }
  return withoutAbsent({
    ids: [...new Set(ids)].sort(),
    types: many('type', MAX_TYPES),
    statuses,
    company: one('company'),
    partnership: one('partnership'),
    room: one('room'),
    contact: one('contact'),
    message: one('message'),
    error: one('error'),
    duplicate: duplicate === undefined ? undefined : duplicate === 'yes',
    within,
    from,
    to,
    text: one('text'),
    q: one('q')?.trim() || undefined,
  })
}

/** The reverse of `readFilterTexts`: every filter has one spelling. */
export function writeFilterTexts(filter: EventFilter): FilterTexts {
  const { ids, types, statuses, duplicate, from, to, ...texts } = filter
  const all: FilterTexts = {
    ids,
    type: types,
    status: statuses,
    duplicate: duplicate === undefined ? [] : [duplicate ? 'yes' : 'no'],
    from: from ? [from.toISOString()] : [],
    to: to ? [to.toISOString()] : [],
    ...Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, text ? [text] : []])),
  }
  const given = FILTER_FIELDS.flatMap((field): [FilterField, string[]][] =>
    all[field]?.length ? [[field, all[field]]] : [],
  )
  return Object.fromEntries(given)
}

function textsOf(given: FilterTexts, field: FilterField, nameOf: (field: FilterField) => string) {
  const texts = (given[field] ?? []).filter((text) => text !== '')
  for (const text of texts) {
    if (text.length > MAX_LENGTH)
      refuse(`“${nameOf(field)}” is longer than ${MAX_LENGTH} characters.`)
    if (text.includes('\u0000') || !text.isWellFormed()) {
      refuse(`“${nameOf(field)}” holds a character that is not text.`)
    }
  }
  return texts
}

function withoutAbsent(filter: EventFilter): EventFilter {
  const there = Object.entries(filter).filter(([, value]) => value !== undefined)
  return Object.fromEntries(there) as EventFilter
}

function refuse(sentence: string): never {
  throw new InvalidAddressError(sentence)
}
