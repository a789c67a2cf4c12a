import type { Transaction } from '@/lib/db'
import type { MessageRow, RoomRow } from '@/lib/projections/changes'
import { entityKey } from '@/lib/projections/change-fold'
import { ConcurrentWriteError } from './concurrent-write-error'
import { findStanding } from './find-standing'
import { countRooms, lockRooms } from './lock-rooms'
import { lowerFirstEventAt, writtenKey, type WrittenKey } from './lower-first-event-at'
import { lockMessages, type MessageState, type WrittenMessage } from './message-state'
import type { PartnershipDeltas, RoomState } from './partnership-deltas'
import { notifyChangedRooms } from './notify-changed-rooms'
import { recountRooms } from './recount-rooms'
import { replaceAttachments } from './replace-attachments'
import { updateRooms } from './update-rooms'
import { upsertMessageContents, type ContentRow } from './upsert-message-contents'
import { upsertMessageDeletions, type DeletionRow } from './upsert-message-deletions'
import type { WriteOptions } from './write-options'
import { writeRooms } from './write-rooms'

/**
 * Writes rooms and messages with their attachments, and keeps the rooms' counters exact. Everybody
 * locks rooms before messages, each in the order of the keys, so that batches wait and never deadlock.
 *
 * @param deltas Is told how the rooms changed.
 * @returns The sequence numbers of the events that changed something.
 * @throws ConcurrentWriteError when somebody else made or moved one of the messages between two of the
 * statements. Nothing is lost: the transaction rolls back and is tried again.
 */
export async function writeMessages(
  tx: Transaction,
  rooms: RoomRow[],
  messages: MessageRow[],
  deltas: PartnershipDeltas,
  { thorough, sources, noteForCounting }: WriteOptions,
): Promise<bigint[]> {
  if (messages.length === 0) return []
  const lockedRooms = await lockRooms(tx, rooms, messages)
  const roomsBefore = new Map(lockedRooms.map((room) => [writtenKey(room), room]))
  const roomsAfter = new Map<string, RoomState>()
  const repaired = await (thorough ? writeRooms(tx, rooms) : NONE)
  for (const room of repaired.written) {
    const key = writtenKey(room)
    const message_count = roomsBefore.get(key)?.message_count ?? 0
    roomsAfter.set(key, { ...room, message_count })
  }

  const before = new Map((await lockMessages(tx, messages)).map((m) => [writtenKey(m), m]))
  await assertRoomsLocked(tx, [...before.values()], roomsBefore)

  const after = new Map<string, WrittenMessage>()
  const contents = messages.filter((row): row is ContentRow => row.content !== null)
  const writtenContents = await upsertMessageContents(tx, contents)
  note(writtenContents, before, after)
  const deletions = messages.filter((row): row is DeletionRow => row.deletion !== null)
  const writtenDeletions = await upsertMessageDeletions(tx, deletions)
  note(writtenDeletions, before, after)
  const lowered = await lowerFirstEventAt(tx, 'message', messages, new Set(after.keys()))

  const contentKeys = new Set(writtenContents.map(writtenKey))
  const standing = thorough ? await standingContents(tx, contents) : contentKeys
  const states = thorough ? await lockMessages(tx, messages) : [...after.values()]
  const deleted = new Set(states.filter((state) => state.deleted).map(writtenKey))
  const winners = contents.filter(
    (row) => standing.has(entityKey(row)) && !deleted.has(entityKey(row)),
  )
  const winning = new Set(winners.map(entityKey))
  const owners = states.filter((state) => state.deleted || winning.has(writtenKey(state)))
  const stirred = new Set((await replaceAttachments(tx, owners, winners)).map(writtenKey))

  const transitions = [...after].map(([key, state]) => ({ before: before.get(key), after: state }))
  await noteForCounting?.(tx, 'room', lockedRooms)
  const counts = thorough && !noteForCounting
  const updated = counts ? [] : await updateRooms(tx, thorough ? [] : rooms, transitions)
  const counted = counts ? await recountRooms(tx, lockedRooms, sources) : updated
  for (const room of counted) roomsAfter.set(writtenKey(room), room)
  for (const [key, room] of roomsAfter) deltas.moveRoom(roomsBefore.get(key), room)
  if (thorough)
    for (const room of lockedRooms) deltas.touch(room.company_uuid, room.partnership_uuid)
  const touched = thorough
    ? [...after.values(), ...states.filter((state) => stirred.has(writtenKey(state)))]
    : []
  const recounted = counts ? counted : updated.filter(({ moved }) => moved)
  await notifyChangedRooms(tx, distinctRooms(recounted, touched))

  const told = thorough ? repaired.written : updated.filter(({ won }) => won)
  const roomKeys = new Set([...told.map(writtenKey), ...repaired.lowered])
  const deletionKeys = new Set(writtenDeletions.map(writtenKey))
  return [
    ...rooms.filter((row) => roomKeys.has(entityKey(row))),
    ...contents
      .filter((row) => {
        const key = entityKey(row)
        return contentKeys.has(key) || lowered.has(key) || (stirred.has(key) && winning.has(key))
      })
      .map(({ content }) => content),
    ...deletions
      .filter((row) => {
        const key = entityKey(row)
        return deletionKeys.has(key) || lowered.has(key) || (stirred.has(key) && deleted.has(key))
      })
      .map(({ deletion }) => deletion),
  ].map(({ eventSeq }) => eventSeq)
}

const NONE = { written: [], lowered: new Set<string>() }

function standingContents(tx: Transaction, contents: ContentRow[]): Promise<Set<string>> {
  const rows = contents.map(({ companyUuid, uuid, content }) => ({
    companyUuid,
    uuid,
    occurredAt: content.occurredAt,
    eventSeq: content.eventSeq,
  }))
  return findStanding(tx, 'message', rows)
}

// The rooms whose totals were written, and those in which messages changed.
function distinctRooms(changed: WrittenKey[], messages: MessageState[]): WrittenKey[] {
  const stood = messages.flatMap(({ company_uuid, room_uuid }) =>
    room_uuid === null ? [] : { company_uuid, uuid: room_uuid },
  )
  return [...new Map([...changed, ...stood].map((room) => [writtenKey(room), room])).values()]
}

// Read without a lock, a message's room may be out of date by the time that the message is locked. One that
// stands in a room that is not there, as only a fault can leave it, must not hold up its events for ever.
async function assertRoomsLocked(
  tx: Transaction,
  messages: MessageState[],
  locked: ReadonlyMap<string, unknown>,
): Promise<void> {
  const unlocked = distinctRooms([], messages).filter((room) => !locked.has(writtenKey(room)))
  if (unlocked.length > 0 && (await countRooms(tx, unlocked)) > 0) {
    throw new ConcurrentWriteError('a message moved to another room')
  }
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
