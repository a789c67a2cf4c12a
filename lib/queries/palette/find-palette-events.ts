import { Prisma, type Transaction } from '@/lib/db'
import { eventsQuery } from '../events-query'
import { seenTypes } from '../seen-types'
import { eventIdRange } from './id-range'

export type FoundEvent = { id: string; event_type: string; received_at: Date }

/** Events by the beginning of their id, and those about a subject whose whole id it is. */
export async function findPaletteEvents(
  tx: Transaction,
  q: string,
  limit: number,
): Promise<FoundEvent[]> {
  const range = eventIdRange(q)
  if (range) {
    return tx.$queryRaw<FoundEvent[]>`
      SELECT id, event_type, received_at FROM webhook_event
      WHERE id >= ${range.first}::uuid AND id <= ${range.last}::uuid ORDER BY id LIMIT ${limit}::int`
  }
  if (/\s/u.test(q)) return []
  return tx.$queryRaw<FoundEvent[]>(eventsQuery({ q }, {}, limit))
}

/** Types of events that have the text in their name. */
export async function findEventTypes(tx: Transaction, q: string, limit: number): Promise<string[]> {
  const wanted = q.trim().toLowerCase().replace(/\s+/gu, '_')
  const types = await tx.$queryRaw<{ event_type: string }[]>(Prisma.sql`${seenTypes}`)
  return types
    .map(({ event_type }) => event_type)
    .filter((type) => type.toLowerCase().includes(wanted))
    .slice(0, limit)
}
