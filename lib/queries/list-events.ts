import { requireUser } from '@/lib/auth/current-user'
import { db } from '@/lib/db'
import type { FixedEventFilter } from '@/lib/event-filter/event-filter'
import { encodeCursor, PAGE_SIZE, type Page, type PagePosition } from '@/lib/pagination'
import { eventCandidates, lastLookedAt } from './event-list/event-candidates'
import type { EventRow } from './event-list/event-columns'
import { eventCursor, eventSpan, type EventPlace } from './event-list/event-span'
import { matchingEvents } from './event-list/matching-events'

export type { EventRow }

/**
 * A page of events. `searchedTo` when it may not be full because enough was looked at for once: everything
 * up to that event's time; the cursor in the direction of the page goes on from there.
 */
export type EventPage = Page<EventRow> & { searchedTo: Date | null }

// Events that are looked at one by one for a page. Looking into a body costs ten times as much.
const LOOKED_AT = 10_000
const LOOKED_INTO = 4_000

/**
 * A page of the event log, newest first: by the time of receipt when a time is chosen, else as the log has
 * them. What a filter's index leaves open is looked at event by event, but only so far for one page: the
 * cost does not grow with the log, and the page says how far it has looked.
 *
 * @throws UnauthenticatedError without a signed-in user.
 * @throws InvalidAddressError when the position is not one of this list's.
 */
export async function listEvents(
  filter: FixedEventFilter,
  position: PagePosition,
  pageSize: number = PAGE_SIZE,
): Promise<EventPage> {
  await requireUser()
  const span = eventSpan(filter, position)
  const candidates = await eventCandidates(filter, span, {
    wanted: pageSize + 1,
    lookedAt: filter.text === undefined ? LOOKED_AT : LOOKED_INTO,
  })
  if (!candidates) return { rows: [], nextCursor: null, previousCursor: null, searchedTo: null }
  const found = await db().$queryRaw<EventRow[]>(
    matchingEvents(filter, span, candidates, pageSize + 1),
  )
  const hasMore = found.length > pageSize
  const stop = hasMore || !candidates.residual ? null : await lastLookedAt(candidates, span)
  const rows = found.slice(0, pageSize)
  const goesOn = hasMore ? cursorOf(rows.at(-1)) : stop && encodeCursor(eventCursor(stop))
  const searchedTo = stop && new Date(stop.at)
  if (span.descending) {
    const previousCursor = position.after ? (cursorOf(rows[0]) ?? position.after) : null
    return { rows, nextCursor: goesOn, previousCursor, searchedTo }
  }
  rows.reverse()
  const nextCursor = cursorOf(rows.at(-1)) ?? position.before ?? null
  return { rows, nextCursor, previousCursor: goesOn, searchedTo }
}

function cursorOf(row: EventRow | undefined): string | null {
  return row ? encodeCursor(eventCursor(placeOf(row))) : null
}

/** Where an event of the list stands. */
export function placeOf(row: EventRow): EventPlace {
  return { at: row.receivedAt.getTime(), seq: BigInt(row.seq) }
}
