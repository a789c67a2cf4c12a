import { requireUser } from '@/lib/auth/current-user'
import { db } from '@/lib/db'
import type { FixedEventFilter } from '@/lib/event-filter/event-filter'
import { encodeCursor } from '@/lib/pagination'
import { decodeEventCursor, eventCursor, type EventPlace } from './event-list/event-span'
import { listEvents, placeOf, type EventPage } from './list-events'

/** How many events have come that a page does not show; with `isMore` there may be more than were looked for. */
export type WaitingEvents = { count: number; isMore: boolean }

const MOST = 99

/**
 * Where the log ends at the moment, to be asked for before its events are listed.
 *
 * @throws UnauthenticatedError without a signed-in user.
 */
export async function findLogEnd(): Promise<EventPlace> {
  await requireUser()
  const [newest] = await db().$queryRaw<{ seq: bigint; receivedAt: Date }[]>`
    SELECT seq, received_at AS "receivedAt" FROM webhook_event ORDER BY seq DESC LIMIT 1`
  return newest ? { at: newest.receivedAt.getTime(), seq: newest.seq } : { at: 0, seq: 0n }
}

/**
 * From where on events are new to whoever sees a page, as a cursor of the list: the log's end when it was listed, and
 * behind what it shows of later ones.
 */
export function newSince(end: EventPlace, page: EventPage): string {
  const places = [end, ...page.rows.map(placeOf)]
  return encodeCursor(eventCursor(places.reduce((a, b) => (b.seq > a.seq ? b : a))))
}

/**
 * How many events of a filter have come since then, up to 99: looked for as a page of the list is, so that it costs no
 * more.
 *
 * @param since As `newSince` says it.
 * @throws UnauthenticatedError without a signed-in user.
 * @throws InvalidAddressError when `since` is no cursor of the list.
 */
export async function countWaitingEvents(
  filter: FixedEventFilter,
  since: string,
): Promise<WaitingEvents> {
  await requireUser()
  const { seq } = decodeEventCursor(since)
  const page = await listEvents(filter, { before: since }, MOST)
  // In the order of time an event that was stored before may stand behind that place, and on the page.
  const count = page.rows.filter((row) => BigInt(row.seq) > seq).length
  return { count, isMore: page.previousCursor !== null }
}
