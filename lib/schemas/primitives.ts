import { z } from 'zod'
import { parseIsoTime } from './iso-time'
import { storableText } from './storable'

const MAX_IDENTIFIER_LENGTH = 200
// 9999-12-31T23:59:59.999Z: later dates fit neither an ISO string of four-digit years nor a date picker.
const MAX_TIME_MS = 253_402_300_799_999

/** An id of JourneyBee's: opaque text of 1 to 200 characters; never only a UUID (journeybee.md, Identifiers). */
export const identifier = z.string().min(1).max(MAX_IDENTIFIER_LENGTH).transform(storableText)

/** An id that may be missing: null, absent and "" mean the same. */
export const optionalIdentifier = z
  .string()
  .max(MAX_IDENTIFIER_LENGTH)
  .nullish()
  .transform((value) => (value ? storableText(value) : null))

/** Text that may be missing; "" is kept, it is what somebody typed. */
export const optionalText = z
  .string()
  .nullish()
  .transform((value) => (value == null ? null : storableText(value)))

/**
 * A moment from 1970 on: milliseconds or an ISO 8601 string, UTC where that names no zone (journeybee.md,
 * The message family).
 */
export const timestamp = z.union([z.number(), z.string()]).transform((value, context) => {
  const ms = typeof value === 'number' ? Math.trunc(value) : parseIsoTime(value)
  if (ms !== null && Number.isFinite(ms) && ms >= 0 && ms <= MAX_TIME_MS) return new Date(ms)
  context.addIssue({
    code: 'custom',
    message: 'must be milliseconds since 1970 or an ISO 8601 time, up to the year 9999',
  })
  return z.NEVER
})

/** An optional count of bytes, within what a double holds exactly. */
export const optionalByteCount = z
  .number()
  .int()
  .min(0)
  .max(Number.MAX_SAFE_INTEGER)
  .nullish()
  .transform((value) => value ?? null)

// Far beyond what a partnership or a message has. zod notes every item that is wrong before it gives up:
// a body of nothing but wrong ones would keep the process busy for seconds.
const MAX_ITEMS = 10_000

/** A list of at most 10,000 items; a longer one is refused before its items are looked at. */
export function boundedList<Item extends z.ZodType>(item: Item) {
  return z.array(z.unknown()).max(MAX_ITEMS).pipe(z.array(item))
}

/** A list that may be missing. */
export function optionalList<Item extends z.ZodType>(item: Item) {
  return boundedList(item)
    .nullish()
    .transform((list) => list ?? [])
}
