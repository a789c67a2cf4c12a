import { EVENT_CHANGES_CHANNEL } from '@/lib/event-changes'
import { listen } from '@/lib/listen'
import { decodeRoomChanges, ROOM_CHANGES_CHANNEL, type RoomChanges } from '@/lib/room-changes'
import type { LiveTopic } from './live-topic'

/** An open page's stream, as the hub needs it. */
export type LiveSubscriber = {
  /** Whose it is: one sign-in, in one browser. Several people may share a user. */
  session: string
  topic: LiveTopic
  /** Of rooms it is told which; of events null, which is any. */
  tell: (changes: RoomChanges) => void
  end: () => void
  /** Ends it for a newer one: its page asks from time to time instead. */
  giveUp: () => void
}

type Hub = {
  subscribers: Set<LiveSubscriber>
  listening: AbortController | undefined
  closed: boolean
}

// Each is a connection that stays: no one browser may use them up.
const MAX_OF_A_SESSION = 20
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
 * Where there are too many the oldest is given up, as the one that is likeliest forgotten: of the same session when
 * that has its share, else of the session that has the most.
 *
 * @param mostOfAll How many a process has at most.
 * @returns How to leave; null when the server stops.
 */
export function joinLiveHub(
  subscriber: LiveSubscriber,
  mostOfAll = MAX_OF_ALL,
): (() => void) | null {
  const { subscribers, closed } = hub()
  if (closed) return null
  const own = [...subscribers].filter(({ session }) => session === subscriber.session)
  if (own.length >= MAX_OF_A_SESSION) own[0]?.giveUp()
  else if (subscribers.size >= mostOfAll) oldestOfMost(subscribers)?.giveUp()
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

// A set keeps the order in which they came.
function oldestOfMost(subscribers: Set<LiveSubscriber>): LiveSubscriber | undefined {
  const bySession = new Map<string, LiveSubscriber[]>()
  for (const each of subscribers) {
    bySession.set(each.session, [...(bySession.get(each.session) ?? []), each])
  }
  const [most] = [...bySession.values()].sort((a, b) => b.length - a.length)
  return most?.[0]
}

function startListening(): void {
  if (hub().listening) return
  const stop = new AbortController()
  hub().listening = stop
  void listen({
    channels: [ROOM_CHANGES_CHANNEL, EVENT_CHANGES_CHANNEL],
    signal: stop.signal,
    onListening: () => {
      tellAll('rooms', null)
      tellAll('events', null)
    },
    onNotification: (payload, channel) => {
      if (channel === ROOM_CHANGES_CHANNEL) tellAll('rooms', decodeRoomChanges(payload))
      else tellAll('events', null)
    },
  })
}

function stopListening(): void {
  hub().listening?.abort()
  hub().listening = undefined
}

function tellAll(topic: LiveTopic, changes: RoomChanges): void {
  for (const subscriber of hub().subscribers) {
    if (subscriber.topic === topic) subscriber.tell(changes)
  }
}
