import { roomHref, type RecordKey } from '@/components/addresses'

/** The thread that a message belongs to, in its room's page. */
export function threadHref(room: RecordKey, message: string): string {
  return `${roomHref(room)}&thread=${encodeURIComponent(message)}`
}

/** A page of a room, older or newer than a cursor. */
export function roomPageHref(room: RecordKey, side: 'before' | 'after', cursor: string): string {
  return `${roomHref(room)}&${side}=${encodeURIComponent(cursor)}`
}

/** What a message has said before. */
export function messageHistoryHref(room: RecordKey, message: string): string {
  const path = `/rooms/${encodeURIComponent(room.uuid)}/history/${encodeURIComponent(message)}`
  return `${path}?company=${encodeURIComponent(room.companyUuid)}`
}

/** A message's whole text, as plain text. */
export function roomTextHref(room: RecordKey, message: string): string {
  const path = `/rooms/${encodeURIComponent(room.uuid)}/messages/${encodeURIComponent(message)}`
  return `${path}?company=${encodeURIComponent(room.companyUuid)}`
}
