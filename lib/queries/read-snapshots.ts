import { db } from '@/lib/db'
import type { StoredEvent } from '@/lib/event-log/stored-event'
import type { Changes } from '@/lib/projections/changes'
import { projectEvent } from '@/lib/projections/project-event'

/**
 * What stored events say, by their sequence numbers, projected as the projector does. An event is missing
 * when its body does not pass today's schema. Reads whole bodies (up to MAX_BODY_BYTES each): for a page of
 * events, not for a log.
 */
export async function readSnapshots(seqs: bigint[]): Promise<Map<bigint, Changes>> {
  const wanted = [...new Set(seqs)]
  if (wanted.length === 0) return new Map()
  const events: StoredEvent[] = await db().webhookEvent.findMany({
    where: { seq: { in: wanted } },
    select: {
      seq: true,
      id: true,
      eventType: true,
      companyUuid: true,
      userUuid: true,
      body: true,
      tokenIat: true,
      receivedAt: true,
    },
  })
  const snapshots = new Map<bigint, Changes>()
  for (const event of events) {
    const projected = projectEvent(event)
    if (projected.ok) snapshots.set(event.seq, projected.changes)
  }
  return snapshots
}
