import { Prisma } from '@/lib/db'
import type { FixedEventFilter } from '@/lib/event-filter/event-filter'
import { textPatterns } from '@/lib/event-filter/text-patterns'
import { isUuid } from '@/lib/is-uuid'
import { isOfDeletedMessage } from './is-of-deleted-message'

/**
 * SQL on `webhook_event e`: that an event passes the filter. The one meaning of a filter, for what is shown,
 * replayed and sent elsewhere. It says nothing of how such events are found fast.
 */
export function eventCondition(filter: FixedEventFilter): Prisma.Sql {
  const conditions = eventConditions(filter)
  return conditions.length > 0
    ? Prisma.sql`(${Prisma.join(conditions, ' AND ')})`
    : Prisma.sql`TRUE`
}

/** The same, condition by condition. */
export function eventConditions(filter: FixedEventFilter): Prisma.Sql[] {
  const { ids, types, statuses, company, partnership, room, contact, message } = filter
  const { error, duplicate, from, to, text, q } = filter
  const conditions: (Prisma.Sql | false)[] = [
    ids.length > 0 && Prisma.sql`e.id = ANY(${ids}::uuid[])`,
    types.length > 0 && Prisma.sql`e.event_type = ANY(${types}::text[])`,
    statuses.length > 0 && Prisma.sql`e.status = ANY(${statuses}::event_status[])`,
    company === undefined ? false : Prisma.sql`e.company_uuid = ${company}`,
    partnership === undefined ? false : Prisma.sql`e.partnership_uuid = ${partnership}`,
    room === undefined ? false : Prisma.sql`e.room_uuid = ${room}`,
    contact === undefined ? false : Prisma.sql`e.contact_uuid = ${contact}`,
    message === undefined ? false : Prisma.sql`e.message_uuid = ${message}`,
    error === undefined ? false : Prisma.sql`e.error_code = ${error}`,
    duplicate === true && Prisma.sql`e.status = 'duplicate'`,
    duplicate === false && Prisma.sql`e.status <> 'duplicate'`,
    from === undefined ? false : Prisma.sql`e.received_at >= ${from}::timestamptz`,
    to === undefined ? false : Prisma.sql`e.received_at < ${to}::timestamptz`,
    text === undefined ? false : hasText(text),
    q === undefined ? false : isAbout(q),
  ]
  return conditions.filter((condition) => condition !== false)
}

// Not in what a deleted message said: whoever may not read it could guess it piece by piece.
function hasText(text: string): Prisma.Sql {
  return Prisma.sql`(e.body ILIKE ANY(${textPatterns(text)}::text[]) AND NOT ${isOfDeletedMessage('e')})`
}

function isAbout(q: string): Prisma.Sql {
  return Prisma.sql`(${q} IN (e.partnership_uuid, e.room_uuid, e.contact_uuid, e.message_uuid)
    OR ${isUuid(q) ? Prisma.sql`e.id = ${q}::uuid` : Prisma.sql`FALSE`})`
}
