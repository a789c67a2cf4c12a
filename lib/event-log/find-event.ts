import { db } from '@/lib/db'
import type { EventStatus } from '@/lib/generated/prisma/enums'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** An event's place in the log and its status, by its public id; null when there is none, or it is no id. */
export async function findEventById(
  id: string,
): Promise<{ seq: bigint; status: EventStatus } | null> {
  if (!UUID.test(id)) return null
  return db().webhookEvent.findUnique({ where: { id }, select: { seq: true, status: true } })
}
