import { InvalidAddressError } from '@/lib/errors'
import type { Cursor } from '@/lib/pagination'
import type { EventVersion } from './event-versions'
import { decodeTimeCursor, timeCursor } from './time-cursor'

const MAX_SEQ = 9_223_372_036_854_775_807n

/** The cursor of an event in a list in the order of versions. */
export function versionCursor({ at, seq }: EventVersion): Cursor {
  return timeCursor(at, String(seq))
}

/** @throws InvalidAddressError when it is not a cursor of such a list. */
export function decodeVersionCursor(cursor: string): EventVersion {
  const { time, texts } = decodeTimeCursor(cursor, 1)
  const seq = texts[0] ?? ''
  if (/^\d{1,19}$/.test(seq) && BigInt(seq) <= MAX_SEQ) return { at: time, seq: BigInt(seq) }
  throw new InvalidAddressError('The page in this address does not exist.')
}
