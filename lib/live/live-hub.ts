import { listen } from '@/lib/listen'
import { decodeRoomChanges, ROOM_CHANGES_CHANNEL, type RoomChanges } from '@/lib/room-changes'

/** An open page's stream, as the hub needs it. */
export type LiveSubscriber = {
  userId: string
  tell: (changes: RoomChanges) => void
  end: () => void
}

type Hub = {
  subscribers: Set<LiveSubscriber>
  listening: AbortController | undefined
  closed: boolean
}

// Each is a connection that stays: no one reader may use them up.
const MAX_OF_A_USER = 20
const MAX_OF_ALL = 1_000

// On globalThis because Next evaluates a module once for each bundle, and the server that stops the streams
// is in none of them.
const holder = globalThis as unknown as { waggleLiveHub?: Hub }

function hub(): Hub {
  holder.waggleLiveHub ??= { subscribers: new Set(), listening: undefined, closed: false }
  return holder.waggleLiveHub
}

/**
 * Adds a stream to those that hear of changes. All of a process share one LISTEN connection, which is there
 * while anybody looks. When it has broken and is there again they hear that anything may have changed.
 *
 * @returns How to leave; null when the user, or the process, has too many already.
 */
export function joinLiveHub(subscriber: LiveSubscriber): (() => void) | null {
  const { subscribers, closed } = hub()
  const ofUser = [...subscribers].filter(({ userId }) => userId === subscriber.userId)
  if (closed || subscribers.size >= MAX_OF_ALL || ofUser.length >= MAX_OF_A_USER) return null
  subscribers.add(subscriber)
  startListening()
  return () => {
    subscribers.delete(subscriber)
    if (subscribers.size === 0) stopListening()
  }
}

/** Ends all streams, for a server that stops: they would hold it up for as long as somebody looks. */
export function closeLiveHub(): void {
  hub().closed = true
  for (const subscriber of [...hub().subscribers]) subscriber.end()
  stopListening()
}

function startListening(): void {
  if (hub().listening) return
  const stop = new AbortController()
  hub().listening = stop
  void listen({
    channel: ROOM_CHANGES_CHANNEL,
    signal: stop.signal,
    onListening: () => tellAll(null),
    onNotification: (payload) => tellAll(decodeRoomChanges(payload)),
  })
}

function stopListening(): void {
  hub().listening?.abort()
  hub().listening = undefined
}

function tellAll(changes: RoomChanges): void {
  for (const subscriber of hub().subscribers) subscriber.tell(changes)
}
