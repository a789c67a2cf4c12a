import type { RoomMessages } from '@/lib/queries/list-room-messages'
import type { RoomMessage } from '@/lib/queries/room-message'

/** Messages as the server hands them out: a cursor is null where the room ends. */
export type FeedPage = Pick<RoomMessages, 'messages' | 'olderCursor' | 'newerCursor'>

/** The stretch of a room that a page holds, without gaps. */
export type FeedState = {
  messages: RoomMessage[]
  hasOlder: boolean
  hasNewer: boolean
  /** Whether the last change were new messages, which take a reader at the end along. */
  follows: boolean
  /** New messages that came while the reader was elsewhere. */
  unseen: number
  /** Counts how often another stretch was opened: what was asked for an earlier one doesn't join this one. */
  generation: number
}

/** A stretch that was read again, from one message to another; null for the room's end. */
export type FeedRange = { from: string | null; to: string | null }

/** An answer carries the generation of the stretch that it was asked for. */
export type FeedAction =
  | { type: 'opened'; page: FeedPage }
  | { type: 'older'; generation: number; page: FeedPage }
  | { type: 'newer'; generation: number; page: FeedPage }
  | { type: 'arrived'; generation: number; page: FeedPage; atEnd: boolean }
  | { type: 'reread'; generation: number; range: FeedRange; page: FeedPage; atEnd: boolean }
  | { type: 'seen' }

/** Messages that are kept: what is scrolled away is read again when it is wanted. */
export const MAX_KEPT = 600

export function openFeed(page: FeedPage): FeedState {
  return {
    messages: page.messages,
    hasOlder: page.olderCursor !== null,
    hasNewer: page.newerCursor !== null,
    follows: false,
    unseen: 0,
    generation: 0,
  }
}

/** What a feed holds after something was read. */
export function changeFeed(state: FeedState, action: FeedAction): FeedState {
  if ('generation' in action && action.generation !== state.generation) return state
  switch (action.type) {
    case 'opened':
      return { ...openFeed(action.page), generation: state.generation + 1 }
    case 'older': {
      const all = joined(action.page.messages, state.messages)
      const isCut = all.length > MAX_KEPT
      return {
        ...state,
        messages: all.slice(0, MAX_KEPT),
        hasOlder: action.page.olderCursor !== null,
        hasNewer: state.hasNewer || isCut,
        follows: false,
      }
    }
    case 'newer':
      return { ...append(state, action.page), follows: false }
    case 'arrived':
      return countNew(state, append(state, action.page), action.atEnd)
    case 'reread':
      return countNew(state, reread(state, action.range, action.page), action.atEnd)
    case 'seen':
      return state.unseen === 0 ? state : { ...state, unseen: 0 }
  }
}

function append(state: FeedState, page: FeedPage): FeedState {
  const all = joined(state.messages, page.messages)
  return {
    ...state,
    messages: all.slice(-MAX_KEPT),
    hasOlder: state.hasOlder || all.length > MAX_KEPT,
    hasNewer: page.newerCursor !== null,
  }
}

function reread(state: FeedState, { from, to }: FeedRange, page: FeedPage): FeedState {
  const indexOf = (uuid: string) => state.messages.findIndex((one) => one.uuid === uuid)
  const start = from === null ? 0 : indexOf(from)
  const end = to === null ? state.messages.length - 1 : indexOf(to)
  // Something else was read meanwhile, and is newer than this.
  if (start < 0 || end < 0) return state
  const before = state.messages.slice(0, start)
  const after = state.messages.slice(end + 1)
  return {
    ...state,
    messages: joined(joined(before, page.messages), after),
    hasNewer: to === null ? page.newerCursor !== null : state.hasNewer,
  }
}

// One that changed its place stands where it was read last.
function joined(before: RoomMessage[], after: RoomMessage[]): RoomMessage[] {
  const uuids = new Set(after.map((message) => message.uuid))
  return [...before.filter((message) => !uuids.has(message.uuid)), ...after]
}

function countNew(before: FeedState, after: FeedState, atEnd: boolean): FeedState {
  const last = before.messages.at(-1)
  const known = new Set(before.messages.map((message) => message.uuid))
  const isNew = (message: RoomMessage) =>
    !known.has(message.uuid) && (!last || message.createdAt >= last.createdAt)
  const count = after.messages.filter(isNew).length
  return {
    ...after,
    follows: count > 0 && atEnd,
    unseen: atEnd ? 0 : before.unseen + count,
  }
}
