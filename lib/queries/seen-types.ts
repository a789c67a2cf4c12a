import { Prisma } from '@/lib/db'

// Far more than an integration has; a bound for the case that somebody signs tokens with random types.
const MAX_TYPES = 100

/**
 * SQL for the event types that the log holds, in alphabetical order (one column, `event_type`): steps from
 * type to type through the index instead of reading every event.
 */
export const seenTypes = Prisma.sql`
  WITH RECURSIVE seen AS (
    (SELECT event_type FROM webhook_event ORDER BY event_type LIMIT 1)
    UNION ALL
    SELECT (SELECT n.event_type FROM webhook_event n WHERE n.event_type > seen.event_type
            ORDER BY n.event_type LIMIT 1)
    FROM seen WHERE seen.event_type IS NOT NULL
  )
  SELECT event_type FROM (SELECT event_type FROM seen LIMIT ${MAX_TYPES}) types
  WHERE event_type IS NOT NULL`
