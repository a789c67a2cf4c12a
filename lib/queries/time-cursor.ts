import { InvalidAddressError } from '@/lib/errors'
import { decodeCursor, type Cursor } from '@/lib/pagination'

// 9999-12-31T23:59:59.999Z, the last time that an event may carry (lib/schemas/primitives.ts).
const MAX_TIME_MS = 253_402_300_799_999

/** The keys of a list that is sorted by time first: a moment, and the texts that make it unique. */
export type TimeKeys = { time: Date; texts: string[] }

/** A cursor of a list sorted by a time (whole milliseconds) and then by texts. */
export function timeCursor(time: Date, ...texts: string[]): Cursor {
  return [time.getTime(), ...texts]
}

/**
 * @param texts How many texts follow the time.
 * @throws InvalidAddressError when it is not a cursor of such a list.
 */
export function decodeTimeCursor(cursor: string, texts: number): TimeKeys {
  const [time, ...keys] = decodeCursor(cursor, texts + 1)
  const isTime =
    typeof time === 'number' && Number.isInteger(time) && time >= 0 && time <= MAX_TIME_MS
  const areTexts = keys.every((key) => typeof key === 'string' && !key.includes('\u0000'))
  if (isTime && areTexts) return { time: new Date(time), texts: keys as string[] }
  throw new InvalidAddressError('The page in this address does not exist.')
}
