/** A room as notifications and open pages name it: its company and its uuid. */
export type ChangedRoom = readonly [companyUuid: string, uuid: string]

/** Rooms whose messages have changed; null when it may be any. */
export type RoomChanges = ChangedRoom[] | null

/** The channel on which a projection's commit tells of them. */
export const ROOM_CHANGES_CHANNEL = 'waggle_rooms'

/** More rooms than this are not told one by one. */
export const MAX_CHANGED_ROOMS = 100

// Postgres refuses a payload of 8,000 bytes.
const MAX_PAYLOAD_BYTES = 7_900

/** Changes as a notification's payload: empty for "any", also where it would be too long. */
export function encodeRoomChanges(rooms: ChangedRoom[]): string {
  if (rooms.length > MAX_CHANGED_ROOMS) return ''
  const payload = JSON.stringify(rooms)
  return new TextEncoder().encode(payload).length > MAX_PAYLOAD_BYTES ? '' : payload
}

/** The reverse; anything that can't be read counts as "any". */
export function decodeRoomChanges(payload: string): RoomChanges {
  try {
    const value: unknown = JSON.parse(payload)
    return Array.isArray(value) && value.every(isRoom) ? value : null
  } catch {
    return null
  }
}

/** Two tellings as one. */
export function mergeRoomChanges(a: RoomChanges, b: RoomChanges): RoomChanges {
  if (a === null || b === null) return null
  const rooms = new Map([...a, ...b].map((room) => [JSON.stringify(room), room]))
  return rooms.size > MAX_CHANGED_ROOMS ? null : [...rooms.values()]
}

function isRoom(value: unknown): value is ChangedRoom {
  return (
    Array.isArray(value) && value.length === 2 && value.every((part) => typeof part === 'string')
  )
}
