import type { Transaction } from '@/lib/db'
import { entityKey } from '@/lib/projections/change-fold'
import type { MessageState } from './message-state'
import type { RoomState } from './partnership-deltas'

type RoomDelta = { company_uuid: string; uuid: string; messages: number; attachments: number }

/** A message before and after a batch; before is missing where the batch made it. */
export type MessageTransition = { before: MessageState | undefined; after: MessageState }

/**
 * Moves the counters of rooms by what their messages changed, and finds their newest message anew
 * through the index: flat cost, however long a room is. The rooms are locked since an earlier
 * statement, so that this one sees everything that others committed to them.
 *
 * @returns The rooms whose totals were written.
 */
export async function updateRoomTotals(
  tx: Transaction,
  transitions: MessageTransition[],
): Promise<RoomState[]> {
  const deltas = sumDeltas(transitions)
  if (deltas.length === 0) return []
  return tx.$queryRaw<RoomState[]>`
    UPDATE room r
    SET message_count = r.message_count + x.messages,
        attachment_count = r.attachment_count + x.attachments,
        last_message_at = newest.created_at,
        last_message_uuid = newest.uuid,
        sort_at = COALESCE(newest.created_at, 'epoch'::timestamptz)
    FROM json_to_recordset(${JSON.stringify(deltas)}::json)
      AS x(company_uuid text, uuid text, messages int, attachments int)
    LEFT JOIN LATERAL (
      SELECT m.created_at, m.uuid
      FROM message m
      WHERE m.company_uuid = x.company_uuid AND m.room_uuid = x.uuid
      ORDER BY m.created_at DESC, m.uuid DESC
      LIMIT 1
    ) newest ON true
    WHERE r.company_uuid = x.company_uuid AND r.uuid = x.uuid
    RETURNING r.company_uuid, r.uuid, r.partnership_uuid, r.message_count`
}

function sumDeltas(transitions: MessageTransition[]): RoomDelta[] {
  const deltas = new Map<string, RoomDelta>()
  const add = (state: MessageState | undefined, sign: 1 | -1) => {
    if (!state || state.room_uuid === null) return
    const { company_uuid, room_uuid } = state
    const key = entityKey({ companyUuid: company_uuid, uuid: room_uuid })
    const delta = deltas.get(key) ?? { company_uuid, uuid: room_uuid, messages: 0, attachments: 0 }
    deltas.set(key, delta)
    if (state.deleted) return
    delta.messages += sign
    delta.attachments += sign * state.attachment_count
  }
  for (const { before, after } of transitions) {
    add(before, -1)
    add(after, 1)
  }
  return [...deltas.values()]
}
