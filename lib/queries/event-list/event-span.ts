import { Prisma } from '@/lib/db'
import type { FixedEventFilter } from '@/lib/event-filter/event-filter'
import { InvalidAddressError } from '@/lib/errors'
import { decodeCursor, type Cursor, type PagePosition } from '@/lib/pagination'

/** An event's place: when it was received (milliseconds since 1970), and its sequence number. */
export type EventPlace = { at: number; seq: bigint }

/**
 * Between which places, both exclusive, a page is read, and in which direction. `time` is the order by when
 * events were received, `log` the one in which they were stored; they differ by milliseconds, or by as much
 * as the clocks of two servers do.
 */
export type EventSpan = {
  order: 'log' | 'time'
  descending: boolean
  above: EventPlace
  below: EventPlace
}

const FIRST: EventPlace = { at: 0, seq: -1n }
const LAST: EventPlace = { at: 253_402_300_799_999, seq: 9_223_372_036_854_775_807n }

/** Where a list with this filter goes on from a position. A chosen time makes it the order of time. */
export function eventSpan(filter: FixedEventFilter, position: PagePosition): EventSpan {
  const order = filter.from || filter.to ? 'time' : 'log'
  const from = filter.from ? { at: filter.from.getTime(), seq: -1n } : FIRST
  const to = filter.to ? { at: filter.to.getTime(), seq: -1n } : LAST
  const { before, after } = position
  const above = before === undefined ? from : laterOf(from, decodeEventCursor(before), order)
  const below = after === undefined ? to : laterOf(to, decodeEventCursor(after), order, -1)
  return { order, descending: before === undefined, above, below }
}

export function eventCursor(place: EventPlace): Cursor {
  return [place.at, place.seq.toString()]
}

/** SQL on `e`: that it lies in the span, as an index in the span's order can be walked. */
export function isWithin({ order, above, below }: EventSpan): Prisma.Sql {
  if (order === 'log')
    return Prisma.sql`e.seq > ${above.seq}::bigint AND e.seq < ${below.seq}::bigint`
  return Prisma.sql`(e.received_at, e.seq) > (${new Date(above.at)}::timestamptz, ${above.seq}::bigint)
    AND (e.received_at, e.seq) < (${new Date(below.at)}::timestamptz, ${below.seq}::bigint)`
}

/** SQL to order rows with `received_at` and `seq` as the span says. */
export function inOrder({ order, descending }: EventSpan, row: 'e' | 'c'): Prisma.Sql {
  const direction = descending ? 'DESC' : 'ASC'
  return Prisma.raw(
    order === 'log'
      ? `${row}.seq ${direction}`
      : `${row}.received_at ${direction}, ${row}.seq ${direction}`,
  )
}

function laterOf(a: EventPlace, b: EventPlace, order: EventSpan['order'], sign = 1): EventPlace {
  const bySeq = a.seq < b.seq ? -1 : 1
  const compared = order === 'log' ? bySeq : a.at === b.at ? bySeq : a.at - b.at
  return compared * sign > 0 ? a : b
}

/** @throws InvalidAddressError when it is no cursor of the list. */
export function decodeEventCursor(cursor: string): EventPlace {
  const [at, seq] = decodeCursor(cursor, 2)
  const isTime = typeof at === 'number' && Number.isInteger(at) && at >= 0 && at <= LAST.at
  if (isTime && typeof seq === 'string' && /^\d{1,19}$/.test(seq) && BigInt(seq) <= LAST.seq) {
    return { at, seq: BigInt(seq) }
  }
  throw new InvalidAddressError('The page in this address does not exist.')
}
