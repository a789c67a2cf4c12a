import { InvalidAddressError } from '@/lib/errors'
import type { EventFilter } from './event-filter'
import { readFilterTexts, writeFilterTexts, type FilterField } from './filter-fields'
import { spanMs } from './time-span'

const ABOUT = '<id>'

/**
 * The command line's flags for a filter, with what they take and what they mean. As `options` of
 * node:util's parseArgs: `filterOptions`.
 */
export const FILTER_FLAGS = {
  id: { field: 'ids', takes: ABOUT, means: 'this event; may be given again' },
  type: {
    field: 'type',
    takes: '<type>',
    means: 'of this type, as message_created; may be given again',
  },
  status: {
    field: 'status',
    takes: '<status>',
    means: 'pending, applied, failed, invalid, unsupported or duplicate; may be given again',
  },
  since: {
    field: 'from',
    takes: '<time>',
    means: 'received since: 90m, 2h, 7d, 4w, or 2026-11-22T08:00Z',
  },
  until: { field: 'to', takes: '<time>', means: 'received before: 2026-11-22T09:00Z' },
  company: { field: 'company', takes: ABOUT, means: 'of this customer of JourneyBee' },
  partnership: {
    field: 'partnership',
    takes: ABOUT,
    means: 'about this partnership, its contacts and rooms',
  },
  room: { field: 'room', takes: ABOUT, means: 'about this room' },
  contact: { field: 'contact', takes: ABOUT, means: 'about this contact' },
  message: { field: 'message', takes: ABOUT, means: 'about this message' },
  about: {
    field: 'q',
    takes: ABOUT,
    means: 'this event, or about this partnership, room, contact or message',
  },
  error: { field: 'error', takes: '<code>', means: 'that ended with this error' },
  duplicate: {
    field: 'duplicate',
    takes: 'yes|no',
    means: 'whether it repeats an earlier delivery',
  },
  text: {
    field: 'text',
    takes: '<text>',
    means: 'with this text in the body; bodies of deleted messages are not looked into',
  },
} as const satisfies Record<string, { field: FilterField; takes: string; means: string }>

export type FilterFlag = keyof typeof FILTER_FLAGS

const FLAGS = Object.keys(FILTER_FLAGS) as FilterFlag[]

type FilterOptions = Record<FilterFlag, { type: 'string'; multiple: true }>

/** The flags for parseArgs. All may be repeated there, so that a repetition is refused and not overlooked. */
export const filterOptions = Object.fromEntries(
  FLAGS.map((flag) => [flag, { type: 'string', multiple: true }]),
) as FilterOptions

/**
 * The filter that flags spell, as parseArgs hands them over.
 *
 * @throws InvalidAddressError naming the flag that can't be what it claims to be. A flag without a value
 *   (`--type ""`) is refused too: a variable of a script that is empty must not mean every event.
 */
export function readFilterFlags(values: Partial<Record<FilterFlag, string[]>>): EventFilter {
  const empty = FLAGS.find((flag) => values[flag]?.some((text) => text.trim() === ''))
  if (empty) throw new InvalidAddressError(`--${empty} is empty.`)
  const texts = Object.fromEntries(
    FLAGS.map((flag) => [FILTER_FLAGS[flag].field, values[flag] ?? []]),
  ) as Partial<Record<FilterField, string[]>>
  const isSpan = (texts.from ?? []).some((text) => spanMs(text) !== null)
  if (isSpan && texts.to?.length) {
    throw new InvalidAddressError('--since must be a time when --until is given.')
  }
  return readFilterTexts(isSpan ? { ...texts, from: [], within: texts.from } : texts, flagOf)
}

/** The reverse: the arguments of a command line, not yet quoted for a shell. */
export function eventFilterFlags(filter: EventFilter): string[] {
  return Object.entries(writeFilterTexts(filter)).flatMap(([field, texts]) =>
    // One word, so that a value that begins with "-" is not taken for a flag.
    texts.map((text) => `${flagOf(field as FilterField)}=${text}`),
  )
}

function flagOf(field: FilterField): string {
  const named = field === 'within' ? 'from' : field
  return `--${FLAGS.find((flag) => FILTER_FLAGS[flag].field === named)}`
}
