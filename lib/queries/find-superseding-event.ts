import { requireUser } from '@/lib/auth/current-user'
import { db, Prisma } from '@/lib/db'
import type { StoredEvent } from '@/lib/event-log/stored-event'
import { eventSubjects, type EventSubject } from '@/lib/projections/event-subjects'
import { projectEvent } from '@/lib/projections/project-event'
import { isEventId } from '@/lib/schemas/is-event-id'

/** A newer event that stands where another one would: replaying the older one changes nothing there. */
export type SupersedingEvent = { id: string; eventType: string; table: EventSubject['table'] }

/**
 * The event that has written what the given one is about, when that is another one; null when it stands there
 * itself, at one of its subjects at least, when it can't be projected, or when nothing stands there.
 *
 * @throws UnauthenticatedError without a signed-in user.
 */
export async function findSupersedingEvent(id: string): Promise<SupersedingEvent | null> {
  await requireUser()
  if (!isEventId(id)) return null
  const event = await db().webhookEvent.findUnique({ where: { id }, select: STORED_EVENT })
  if (!event || event.status === 'duplicate') return null
  const projected = projectEvent(event satisfies StoredEvent)
  if (!projected.ok) return null
  let superseding: SupersedingEvent | null = null
  for (const subject of eventSubjects(projected.changes)) {
    const standing = await readStanding(subject)
    if (standing?.seq === event.seq) return null
    if (standing) superseding ??= { ...standing, table: subject.table }
  }
  return (
    superseding && {
      id: superseding.id,
      eventType: superseding.eventType,
      table: superseding.table,
    }
  )
}

const STORED_EVENT = {
  seq: true,
  id: true,
  eventType: true,
  companyUuid: true,
  userUuid: true,
  body: true,
  tokenIat: true,
  receivedAt: true,
  status: true,
} as const

async function readStanding({ table, writer, companyUuid, uuid }: EventSubject) {
  const [row] = await db().$queryRaw<{ seq: bigint; id: string; eventType: string }[]>`
    SELECT e.seq, e.id::text, e.event_type AS "eventType"
    FROM ${Prisma.raw(table)} t JOIN webhook_event e ON e.seq = t.${Prisma.raw(writer)}
    WHERE t.company_uuid = ${companyUuid} AND t.uuid = ${uuid}`
  return row
}
