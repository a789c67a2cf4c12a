import { Prisma } from '@/lib/db'
import type { FixedEventFilter } from '@/lib/event-filter/event-filter'
import { eventCondition } from '@/lib/event-log/event-condition'
import type { EventCandidates } from './event-candidates'
import { eventColumns } from './event-columns'
import { inOrder, type EventSpan } from './event-span'

/** SQL for the first so many of the candidates that pass the filter, as `EventRow`. */
export function matchingEvents(
  filter: FixedEventFilter,
  span: EventSpan,
  { looked }: EventCandidates,
  limit: number,
): Prisma.Sql {
  return Prisma.sql`
    SELECT found.* FROM (${looked}) c CROSS JOIN LATERAL (
      SELECT ${eventColumns} FROM webhook_event e
      WHERE e.seq = c.seq AND ${eventCondition(filter)} LIMIT 1) found
    ORDER BY ${inOrder(span, 'c')} LIMIT ${limit}`
}
