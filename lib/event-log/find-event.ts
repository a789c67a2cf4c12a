import { db } from '@/lib/db'
import type { EventStatus } from '@/lib/generated/prisma/enums'
import { isEventId } from '@/lib/schemas/is-event-id'

/** An event's place in the log and its status, by its public id; null when there is none, or it is no id. */
export async function findEventById(
  id: string,
): Promise<{ seq: bigint; status: EventStatus } | null> {
  if (!isEventId(id)) return null
  return db().webhookEvent.findUnique({ where: { id }, select: { seq: true, status: true } })
}
