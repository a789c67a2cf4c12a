import { log } from '@/lib/log'
import { mergeRoomChanges, type RoomChanges } from '@/lib/room-changes'
import { joinLiveHub } from './live-hub'
import type { LiveTopic } from './live-topic'

/** What the events of a stream are called, and with `LiveMessage` what is in them. */
export const LIVE_EVENTS = ['hello', 'beat', 'rooms', 'events', 'given-up', 'signed-out'] as const

export type LiveEvent = (typeof LIVE_EVENTS)[number]

/** The data of "rooms"; the others have none. */
export type LiveMessage = { rooms: RoomChanges }

type Reader = {
  /** Of which sign-in it is: each has a share of the streams. */
  session: string
  /** What it wants to hear of; of rooms where it does not say. */
  topic?: LiveTopic
  /** Asked with every beat and before anything is told. */
  isSignedIn: () => Promise<boolean>
  /** Milliseconds; a reader that hears nothing for three of them may take the stream for dead. */
  beatMs?: number
  /** How many streams a process has at most. */
  mostOfAll?: number
}

const BEAT_MS = 15_000
const RETRY_MS = 1_000
// At most so often, however much is projected.
const TELL_EVERY_MS = 250
const SESSION_FRESH_MS = 1_000

const HEADERS = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  // "no-transform": a compression on the way would hold back what is written.
  'Cache-Control': 'no-store, no-transform',
  'X-Accel-Buffering': 'no',
}

/**
 * A stream of server-sent events (HTML, section 9.2) that tells which rooms change, or that the log of events does,
 * for as long as the reader stays and is signed in. It does not repeat what was told before it was opened: a reader refreshes
 * at "hello", so that nothing is missed between two streams.
 *
 * @returns Null when the server stops.
 */
export function openLiveStream(reader: Reader): Response | null {
  const stream = new LiveStream(reader)
  return stream.join() ? new Response(stream.body, { headers: HEADERS }) : null
}

class LiveStream {
  readonly body: ReadableStream<Uint8Array>
  private readonly encoder = new TextEncoder()
  private controller!: ReadableStreamDefaultController<Uint8Array>
  private leave: (() => void) | null = null
  private beating: NodeJS.Timeout | undefined
  private telling: NodeJS.Timeout | undefined
  private untold: RoomChanges | undefined
  private toldAt = -TELL_EVERY_MS
  private askedAt = performance.now()
  private ended = false

  constructor(private readonly reader: Reader) {
    this.body = new ReadableStream({
      start: (controller) => {
        this.controller = controller
      },
      // A slow reader is told as much in one message as it has missed, not message after message.
      pull: () => this.tellSoon(),
      cancel: () => this.close(),
    })
  }

  join(): boolean {
    const { session, topic = 'rooms', mostOfAll } = this.reader
    const subscriber = {
      session,
      topic,
      tell: (changes: RoomChanges) => {
        this.untold = this.untold === undefined ? changes : mergeRoomChanges(this.untold, changes)
        this.tellSoon()
      },
      end: () => this.end(),
      giveUp: () => {
        this.send('given-up')
        this.end()
      },
    }
    this.leave = joinLiveHub(subscriber, mostOfAll)
    if (!this.leave) return false
    this.write(`retry: ${RETRY_MS}\n`)
    this.send('hello')
    this.beating = setInterval(() => void this.beat(), this.reader.beatMs ?? BEAT_MS)
    return true
  }

  private tellSoon(): void {
    if (this.untold === undefined || this.telling || this.ended) return
    const wait = Math.max(0, this.toldAt + TELL_EVERY_MS - performance.now())
    this.telling = setTimeout(() => void this.tell(), wait)
  }

  private async tell(): Promise<void> {
    const signedIn = await this.mayGoOn(SESSION_FRESH_MS)
    this.telling = undefined
    if (!signedIn || this.untold === undefined) return
    if ((this.controller.desiredSize ?? 0) <= 0) return
    const rooms = this.untold
    this.untold = undefined
    this.toldAt = performance.now()
    if (this.reader.topic === 'events') this.send('events')
    else this.send('rooms', { rooms })
  }

  private async beat(): Promise<void> {
    if (await this.mayGoOn(0)) this.send('beat')
  }

  private async mayGoOn(freshMs: number): Promise<boolean> {
    if (this.ended) return false
    if (performance.now() - this.askedAt < freshMs) return true
    this.askedAt = performance.now()
    try {
      if (await this.reader.isSignedIn()) return !this.ended
      this.send('signed-out')
    } catch (error) {
      log.debug({ err: (error as Error).message }, 'a live stream ends: its session is not known')
    }
    this.end()
    return false
  }

  private send(event: LiveEvent, message?: LiveMessage): void {
    this.write(`event: ${event}\ndata: ${JSON.stringify(message ?? null)}\n\n`)
  }

  private write(text: string): void {
    if (!this.ended) this.controller.enqueue(this.encoder.encode(text))
  }

  private end(): void {
    if (this.ended) return
    this.close()
    this.controller.close()
  }

  private close(): void {
    this.ended = true
    clearInterval(this.beating)
    clearTimeout(this.telling)
    this.leave?.()
  }
}
