import type { Transaction } from '@/lib/db'
import type { CountSources } from './count-sources'
import { lockUnlistedFields, recountFields } from './field-counts'
import { lockKnownRooms } from './lock-rooms'
import type { WrittenKey } from './lower-first-event-at'
import { notifyChangedRooms } from './notify-changed-rooms'
import { recountPartnerships } from './recount-partnerships'
import { recountRooms } from './recount-rooms'
import type { TableWithTotals } from './write-options'

/**
 * Counts the totals of rows that many batches have named (`WriteOptions.noteForCounting`), and writes them where they are
 * not what stands there. In a transaction of its own for each table: whoever writes locks rooms first.
 *
 * @returns How many were put right; and of rooms the partnerships that they belong to, whose totals are to be counted
 *   after this.
 */
export async function countTotals(
  tx: Transaction,
  table: TableWithTotals,
  keys: WrittenKey[],
  sources: CountSources,
): Promise<{ righted: number; partnerships: WrittenKey[] }> {
  if (keys.length === 0) return { righted: 0, partnerships: [] }
  switch (table) {
    case 'room': {
      const rooms = await lockKnownRooms(tx, keys)
      const changed = await recountRooms(tx, rooms, sources)
      await notifyChangedRooms(tx, changed)
      const partnerships = rooms.flatMap(({ company_uuid, partnership_uuid }) =>
        partnership_uuid === null ? [] : [{ company_uuid, uuid: partnership_uuid }],
      )
      return { righted: changed.length, partnerships }
    }
    case 'partnership_total':
      return { righted: await recountPartnerships(tx, keys, sources), partnerships: [] }
    case 'custom_field':
      await lockUnlistedFields(tx, keys, [])
      return { righted: await recountFields(tx, keys, sources), partnerships: [] }
  }
}
