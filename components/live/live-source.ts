import type { LiveTopic } from '@/lib/live/live-topic'
import type { LiveEvent, LiveMessage } from '@/lib/live/open-live-stream'

/** Rooms that changed, as company and uuid; null when it may be any. */
export type ChangedRooms = LiveMessage['rooms']

export type LiveListener = { onChange: (rooms: ChangedRooms) => void; onState: () => void }

const FIRST_RETRY_MS = 1_000
const LONGEST_RETRY_MS = 30_000
// Three beats of the server: a connection that has died without a word, as in a laptop that slept.
const SILENCE_MS = 45_000
// For a page whose stream the server gave up for newer ones.
const POLL_MS = 10_000

/** One connection of a tab to the server, for all that listen to its topic. */
class LiveSource {
  private readonly listeners = new Set<LiveListener>()
  private source: EventSource | undefined
  private connected = false
  private signedOut = false
  private retryMs = FIRST_RETRY_MS
  private retrying: ReturnType<typeof setTimeout> | undefined
  private silence: ReturnType<typeof setTimeout> | undefined
  private polling: ReturnType<typeof setInterval> | undefined

  constructor(private readonly address: string) {}

  /**
   * Hears of changes for as long as the page is looked at. Told that anything may have changed whenever the connection
   * is there (again): what happened without it is not told afterwards.
   *
   * @returns How to stop.
   */
  listen(listener: LiveListener): () => void {
    if (this.listeners.size === 0) {
      // Whoever was signed out and looks at a page again has signed in again.
      this.signedOut = false
      document.addEventListener('visibilitychange', this.followVisibility)
      window.addEventListener('online', this.reconnect)
    }
    this.listeners.add(listener)
    if (this.connected) listener.onChange(null)
    else this.followVisibility()
    return () => {
      this.listeners.delete(listener)
      if (this.listeners.size > 0) return
      document.removeEventListener('visibilitychange', this.followVisibility)
      window.removeEventListener('online', this.reconnect)
      this.disconnect()
    }
  }

  /** Whether changes are heard of at this moment. */
  isLive(): boolean {
    return this.connected
  }

  /**
   * Whether the server can be asked for the page: it was there when it was last heard of, or has ended the session.
   * Next leaves the page for an error of the browser's when it asks for one in vain.
   */
  isThere(): boolean {
    return this.connected || this.signedOut
  }

  /** Whether the session has ended: what is shown must not stay. */
  isSignedOut(): boolean {
    return this.signedOut
  }

  // A browser allows six connections to a server: tabs in the background would use them up.
  private readonly followVisibility = (): void => {
    if (document.visibilityState === 'visible') this.connect()
    else this.disconnect()
  }

  private readonly reconnect = (): void => {
    this.disconnect()
    this.followVisibility()
  }

  private connect(): void {
    if (this.source || this.polling || this.signedOut) return
    clearTimeout(this.retrying)
    const source = new EventSource(this.address)
    this.source = source
    const on = (event: LiveEvent, act: (data: string) => void) =>
      source.addEventListener(event, ({ data }) => {
        this.expectWords()
        act(String(data))
      })
    on('hello', () => {
      this.retryMs = FIRST_RETRY_MS
      this.setConnected(true)
      this.tell(null)
    })
    on('beat', () => undefined)
    on('rooms', (data) => this.tell((JSON.parse(data) as LiveMessage).rooms))
    on('events', () => this.tell(null))
    on('given-up', () => this.pollInstead())
    on('signed-out', () => this.leaveForSignIn())
    source.addEventListener('error', () => {
      this.setConnected(false)
      // A browser goes on by itself after a lost connection, not after an answer that is none.
      if (source.readyState !== EventSource.CLOSED) return
      this.disconnect()
      void this.retryUnlessSignedOut()
    })
    this.expectWords()
  }

  // An EventSource does not tell with which status it was refused.
  private async retryUnlessSignedOut(): Promise<void> {
    const refused = await fetch(this.address, { method: 'HEAD' }).then(
      ({ status }) => status === 401,
      () => false,
    )
    if (this.listeners.size === 0 || this.source) return
    if (refused) return this.leaveForSignIn()
    clearTimeout(this.retrying)
    this.retrying = setTimeout(this.followVisibility, this.retryMs * (0.5 + Math.random() / 2))
    this.retryMs = Math.min(2 * this.retryMs, LONGEST_RETRY_MS)
  }

  // Until the page is looked at anew: to ask for a stream at once would take one from another page, and so on.
  private pollInstead(): void {
    this.disconnect()
    this.setConnected(true)
    this.polling = setInterval(() => this.tell(null), POLL_MS)
  }

  // What is shown is loaded anew, which leads to the sign-in.
  private leaveForSignIn(): void {
    this.signedOut = true
    this.disconnect()
    this.tell(null)
  }

  private disconnect(): void {
    clearTimeout(this.retrying)
    clearTimeout(this.silence)
    clearInterval(this.polling)
    this.polling = undefined
    this.source?.close()
    this.source = undefined
    this.setConnected(false)
  }

  private expectWords(): void {
    clearTimeout(this.silence)
    this.silence = setTimeout(this.reconnect, SILENCE_MS)
  }

  private setConnected(now: boolean): void {
    if (this.connected === now) return
    this.connected = now
    for (const listener of this.listeners) listener.onState()
  }

  private tell(rooms: ChangedRooms): void {
    for (const listener of this.listeners) listener.onChange(rooms)
  }
}

/** What a tab hears of, by topic: all listeners to one share a connection. */
export const LIVE_SOURCES: Record<LiveTopic, LiveSource> = {
  rooms: new LiveSource('/api/live'),
  events: new LiveSource('/api/live?topic=events'),
}
