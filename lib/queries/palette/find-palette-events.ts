import { Prisma, type Transaction } from '@/lib/db'
import { EVERY_EVENT } from '@/lib/event-filter/event-filter'
import { drivenSeqs, planEvents } from '../event-list/event-driver'
import { seenTypes } from '../seen-types'
import { eventIdRange } from './id-range'

export type FoundEvent = { id: string; event_type: string; received_at: Date }

const WHOLE_LOG = { above: -1n, below: 9_223_372_036_854_775_807n, descending: true }

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
  const { driver } = planEvents({ ...EVERY_EVENT, q })
  if (/\s/u.test(q) || driver.kind === 'nothing') return []
  return tx.$queryRaw<FoundEvent[]>`
    SELECT e.id, e.event_type, e.received_at
    FROM (${drivenSeqs(driver, WHOLE_LOG, limit)}) d JOIN webhook_event e ON e.seq = d.seq
    ORDER BY e.seq DESC LIMIT ${limit}::int`
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
