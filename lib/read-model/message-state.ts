import type { Transaction } from '@/lib/db'
import type { Keyed } from '@/lib/projections/changes'

/** What of a message counts for its room. */
export type MessageState = {
  company_uuid: string
  uuid: string
  room_uuid: string | null
  deleted: boolean
  attachment_count: number
}

/** A message's state after a write, and whether that write made the row. */
export type WrittenMessage = MessageState & { inserted: boolean }

/** Locks those of the given messages that exist, in the order of their keys, and reads their latest state. */
export async function lockMessages(tx: Transaction, messages: Keyed[]): Promise<MessageState[]> {
  const keys = messages.map(({ companyUuid, uuid }) => ({ company_uuid: companyUuid, uuid }))
  return tx.$queryRaw<MessageState[]>`
    SELECT m.company_uuid, m.uuid, m.room_uuid, m.deleted_at IS NOT NULL AS deleted,
           m.attachment_count
    FROM json_to_recordset(${JSON.stringify(keys)}::json) AS x(company_uuid text, uuid text)
    JOIN message m ON m.company_uuid = x.company_uuid AND m.uuid = x.uuid
    ORDER BY m.company_uuid COLLATE "C", m.uuid COLLATE "C"
    FOR UPDATE OF m`
}
