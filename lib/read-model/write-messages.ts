import type { Transaction } from '@/lib/db'
import type { MessageRow, RoomRow } from '@/lib/projections/changes'
import { entityKey } from '@/lib/projections/change-fold'
import { ConcurrentWriteError } from './concurrent-write-error'
import { lockRooms } from './lock-rooms'
import { lowerFirstEventAt, writtenKey } from './lower-first-event-at'
import { lockMessages, type MessageState, type WrittenMessage } from './message-state'
import type { PartnershipDeltas, RoomState } from './partnership-deltas'
import { notifyChangedRooms } from './notify-changed-rooms'
import { replaceAttachments } from './replace-attachments'
import { updateRoomTotals } from './update-room-totals'
import { upsertMessageContents, type ContentRow } from './upsert-message-contents'
import { upsertMessageDeletions, type DeletionRow } from './upsert-message-deletions'
import { writeRooms } from './write-rooms'

/**
 * Writes rooms and messages with their attachments, and keeps the rooms' counters exact. Everybody
 * locks rooms before messages, each in the order of the keys, so that batches wait and never deadlock.
 *
 * @param deltas Is told how the rooms changed.
 * @throws ConcurrentWriteError when somebody else made or moved one of the messages between two of the
 * statements. Nothing is lost: the transaction rolls back and is tried again.
 */
export async function writeMessages(
  tx: Transaction,
  rooms: RoomRow[],
  messages: MessageRow[],
  deltas: PartnershipDeltas,
): Promise<void> {
  if (messages.length === 0) return
  const lockedRooms = await lockRooms(tx, rooms, messages)
  const roomsBefore = new Map(lockedRooms.map((room) => [writtenKey(room), room]))
  const roomsAfter = new Map<string, RoomState>()
  for (const room of await writeRooms(tx, rooms)) {
    const key = writtenKey(room)
    const message_count = roomsBefore.get(key)?.message_count ?? 0
    roomsAfter.set(key, { ...room, message_count })
  }

  const before = new Map((await lockMessages(tx, messages)).map((m) => [writtenKey(m), m]))
  for (const message of before.values()) assertRoomLocked(message, roomsBefore)

  const after = new Map<string, WrittenMessage>()
  const contents = messages.filter((row): row is ContentRow => row.content !== null)
  const writtenContents = await upsertMessageContents(tx, contents)
  note(writtenContents, before, after)
  const deletions = messages.filter((row): row is DeletionRow => row.deletion !== null)
  note(await upsertMessageDeletions(tx, deletions), before, after)
  await lowerFirstEventAt(tx, 'message', messages, new Set(after.keys()))

  const contentKeys = new Set(writtenContents.map(writtenKey))
  const standing = contents.filter((row) => {
    const key = entityKey(row)
    return contentKeys.has(key) && after.get(key)?.deleted === false
  })
  await replaceAttachments(tx, [...after.values()], standing)
  const transitions = [...after].map(([key, state]) => ({ before: before.get(key), after: state }))
  const changed = await updateRoomTotals(tx, transitions)
  for (const room of changed) roomsAfter.set(writtenKey(room), room)
  for (const [key, room] of roomsAfter) deltas.moveRoom(roomsBefore.get(key), room)
  await notifyChangedRooms(tx, changed)
}

// Read without a lock, a message's room may be out of date by the time that the message is locked.
function assertRoomLocked(message: MessageState, locked: ReadonlyMap<string, unknown>): void {
  if (message.room_uuid === null) return
  const key = entityKey({ companyUuid: message.company_uuid, uuid: message.room_uuid })
  if (!locked.has(key)) throw new ConcurrentWriteError('a message moved to another room')
}

function note(
  written: WrittenMessage[],
  before: Map<string, MessageState>,
  after: Map<string, WrittenMessage>,
): void {
  for (const message of written) {
    const key = writtenKey(message)
    // The row was not there when messages were locked, and this batch did not make it.
    if (!message.inserted && !before.has(key) && !after.has(key)) {
      throw new ConcurrentWriteError('somebody else wrote a message of this batch first')
    }
    after.set(key, message)
  }
}
