import { Prisma } from '@/lib/db'
import {
  EVENT_STATUSES,
  type EventStatusName,
  type FixedEventFilter,
} from '@/lib/event-filter/event-filter'
import { isEventId } from '@/lib/schemas/is-event-id'
import { companiesOf } from '../companies-of'
import { seenTypes } from '../seen-types'

const EVENTS = Prisma.sql`webhook_event`
const NOTHING_APPLIED: EventStatusName[] = ['pending', 'failed', 'invalid', 'unsupported']

/** What of an event leads to it through an index, with the part of the filter that it answers. */
export type EventDriver =
  | { kind: 'nothing' }
  | { kind: 'log' }
  | { kind: 'ids'; ids: string[] }
  | { kind: 'subjects'; uuid: string; columns: SubjectColumn[]; company?: string; orId: boolean }
  | { kind: 'types'; types: string[] | null; statuses: EventStatusName[] | null }

type SubjectColumn = 'partnership_uuid' | 'contact_uuid' | 'message_uuid' | 'room_uuid'

/** How a filter's events are found, and whether what is found so must still be looked at one by one. */
export type EventPlan = { driver: EventDriver; residual: boolean }

/** The index by which the fewest events must be looked at; what it leaves open is checked on each of them. */
export function planEvents(filter: FixedEventFilter): EventPlan {
  const { ids, q, message, contact, room, partnership, company } = filter
  const statuses = statusesOf(filter)
  if (statuses?.length === 0) return { driver: { kind: 'nothing' }, residual: false }
  const residual = (...answered: (keyof FixedEventFilter)[]) => leavesOpen(filter, answered)
  if (ids.length > 0) return { driver: { kind: 'ids', ids }, residual: residual('ids') }

  const subjects: [string | undefined, keyof FixedEventFilter, SubjectColumn[]][] = [
    [q, 'q', ['partnership_uuid', 'contact_uuid', 'message_uuid', 'room_uuid']],
    [message, 'message', ['message_uuid']],
    [contact, 'contact', ['contact_uuid']],
    [room, 'room', ['room_uuid']],
    [partnership, 'partnership', ['partnership_uuid']],
  ]
  for (const [uuid, field, columns] of subjects) {
    if (uuid === undefined) continue
    const orId = field === 'q' && isEventId(uuid)
    return {
      driver: { kind: 'subjects', uuid, columns, company: orId ? undefined : company, orId },
      residual: residual(field, ...(orId ? [] : (['company'] as const))),
    }
  }

  const types = filter.types.length > 0 ? filter.types : null
  const open = residual('types', 'statuses', 'duplicate')
  // Nearly all events are applied: going through every type for them costs more than it spares.
  const few = types !== null || (statuses !== null && !(open && statuses.includes('applied')))
  return few
    ? { driver: { kind: 'types', types, statuses }, residual: open }
    : { driver: { kind: 'log' }, residual: leavesOpen(filter, []) }
}

/**
 * SQL for the places (`seq`) that a driver leads to, in the order of the log.
 *
 * @param bounds SQL on `e`: between which sequence numbers.
 * @param limit Of each branch.
 */
export function drivenSeqs(
  driver: Exclude<EventDriver, { kind: 'nothing' }>,
  { above, below, descending }: { above: bigint; below: bigint; descending: boolean },
  limit: number,
): Prisma.Sql {
  const direction = Prisma.raw(descending ? 'DESC' : 'ASC')
  const within = Prisma.sql`e.seq > ${above}::bigint AND e.seq < ${below}::bigint`
  switch (driver.kind) {
    case 'log':
      return Prisma.sql`SELECT e.seq FROM webhook_event e WHERE ${within}
        ORDER BY e.seq ${direction} LIMIT ${limit}`
    case 'ids':
      return Prisma.sql`SELECT e.seq FROM webhook_event e
        WHERE e.id = ANY(${driver.ids}::uuid[]) AND ${within}`
    case 'subjects': {
      const { uuid, company } = driver
      const branches = driver.columns.map((name) => {
        const subject = Prisma.raw(name)
        const companies =
          company === undefined
            ? companiesOf({ table: EVENTS, subject })
            : Prisma.sql`SELECT ${company}::text AS company_uuid`
        return Prisma.sql`
          SELECT found.seq FROM (${companies}) company CROSS JOIN LATERAL (
            SELECT e.seq FROM webhook_event e
            WHERE e.company_uuid = company.company_uuid AND e.${subject} = ${uuid} AND ${within}
            ORDER BY e.seq ${direction} LIMIT ${limit}) found`
      })
      if (driver.orId) {
        branches.push(
          Prisma.sql`SELECT e.seq FROM webhook_event e WHERE e.id = ${uuid}::uuid AND ${within}`,
        )
      }
      return branches.length === 1
        ? branches[0]!
        : Prisma.join(
            branches.map((branch) => Prisma.sql`(${branch})`),
            ' UNION ',
          )
    }
    case 'types': {
      const types = driver.types
        ? Prisma.sql`SELECT unnest(${driver.types}::text[]) AS event_type`
        : seenTypes
      const statuses = driver.statuses
        ? Prisma.sql`unnest(${driver.statuses}::event_status[])`
        : Prisma.sql`unnest(enum_range(NULL::event_status))`
      // The row comparison names the index's whole key: for `type = … AND status = … ORDER BY seq` the planner
      // may walk the primary key instead, and reads the whole log when what is looked for is rare or not there.
      return Prisma.sql`
        SELECT found.seq FROM (${types}) t CROSS JOIN ${statuses} s(status) CROSS JOIN LATERAL (
          SELECT e.seq FROM webhook_event e
          WHERE (e.event_type, e.status, e.seq) > (t.event_type, s.status, ${above}::bigint)
            AND (e.event_type, e.status, e.seq) < (t.event_type, s.status, ${below}::bigint)
          ORDER BY e.event_type ${direction}, e.status ${direction}, e.seq ${direction}
          LIMIT ${limit}) found`
    }
  }
}

/** Which statuses the filter leaves possible; null for all. An error comes with three of them only. */
function statusesOf({ statuses, duplicate, error }: FixedEventFilter): EventStatusName[] | null {
  const asked = statuses.length > 0 || duplicate !== undefined || error !== undefined
  if (!asked) return null
  return EVENT_STATUSES.filter(
    (status) =>
      (statuses.length === 0 || statuses.includes(status)) &&
      (duplicate === undefined || duplicate === (status === 'duplicate')) &&
      (error === undefined || NOTHING_APPLIED.includes(status)),
  )
}

function leavesOpen(filter: FixedEventFilter, answered: (keyof FixedEventFilter)[]): boolean {
  const ordered: (keyof FixedEventFilter)[] = ['from', 'to', ...answered]
  return (Object.keys(filter) as (keyof FixedEventFilter)[]).some((field) => {
    const value = filter[field]
    const asks = Array.isArray(value) ? value.length > 0 : value !== undefined
    return asks && !ordered.includes(field)
  })
}
