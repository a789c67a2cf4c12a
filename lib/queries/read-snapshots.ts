import { db } from '@/lib/db'
import type { StoredEvent } from '@/lib/event-log/stored-event'
import type { Changes } from '@/lib/projections/changes'
import { projectEvent } from '@/lib/projections/project-event'

/**
 * Those of the events whose bodies have at most `maxBytes` together, taken in their order: one that does not fit is
 * passed over. The first is always among them.
 */
export async function seqsWithin(seqs: bigint[], maxBytes: number): Promise<Set<bigint>> {
  const found = await db().webhookEvent.findMany({
    where: { seq: { in: [...new Set(seqs)] } },
    select: { seq: true, bodySize: true },
  })
  const sizes = new Map(found.map(({ seq, bodySize }) => [seq, bodySize]))
  const taken = new Set<bigint>()
  let left = maxBytes
  for (const seq of seqs) {
    const size = sizes.get(seq) ?? 0
    if (taken.has(seq) || (size > left && taken.size > 0)) continue
    taken.add(seq)
    left -= size
  }
  return taken
}

/**
 * What stored events say, by their sequence numbers, projected as the projector does. An event is missing
 * when its body does not pass today's schema. Reads whole bodies (up to MAX_BODY_BYTES each): for a few events,
 * not for a log; `seqsWithin` bounds them.
 */
export async function readSnapshots(seqs: Iterable<bigint>): Promise<Map<bigint, Changes>> {
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
