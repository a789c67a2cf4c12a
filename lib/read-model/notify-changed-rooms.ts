import type { Transaction } from '@/lib/db'
import { encodeRoomChanges, ROOM_CHANGES_CHANNEL } from '@/lib/room-changes'

/**
 * Tells whoever shows rooms which ones this transaction has changed. Postgres delivers it with the commit,
 * once a batch, and drops it with a rollback. Of what is written to a shadow nobody is told: its rooms are
 * not the ones that are shown.
 */
export async function notifyChangedRooms(
  tx: Transaction,
  rooms: { company_uuid: string; uuid: string }[],
): Promise<void> {
  if (rooms.length === 0) return
  const payload = encodeRoomChanges(rooms.map(({ company_uuid, uuid }) => [company_uuid, uuid]))
  await tx.$queryRaw`
    SELECT CASE WHEN to_regclass('room') = to_regclass('public.room')
           THEN pg_notify(${ROOM_CHANGES_CHANNEL}, ${payload})::text END AS told`
}
