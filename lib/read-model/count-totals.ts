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
 * @returns Of rooms the partnerships that they belong to, whose totals are to be counted after this.
 */
export async function countTotals(
  tx: Transaction,
  table: TableWithTotals,
  keys: WrittenKey[],
  sources: CountSources,
): Promise<WrittenKey[]> {
  if (keys.length === 0) return []
  switch (table) {
    case 'room': {
      const rooms = await lockKnownRooms(tx, keys)
      await notifyChangedRooms(tx, await recountRooms(tx, rooms, sources))
      return rooms.flatMap(({ company_uuid, partnership_uuid }) =>
        partnership_uuid === null ? [] : [{ company_uuid, uuid: partnership_uuid }],
      )
    }
    case 'partnership_total':
      await recountPartnerships(tx, keys, sources)
      return []
    case 'custom_field':
      await lockUnlistedFields(tx, keys, [])
      await recountFields(tx, keys, sources)
      return []
  }
}
