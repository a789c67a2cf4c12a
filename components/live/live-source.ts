import type { LiveEvent, LiveMessage } from '@/lib/live/open-live-stream'

/** Rooms that changed, as company and uuid; null when it may be any. */
export type ChangedRooms = LiveMessage['rooms']

export type LiveListener = { onChange: (rooms: ChangedRooms) => void; onState: () => void }

const ADDRESS = '/api/live'
const FIRST_RETRY_MS = 1_000
const LONGEST_RETRY_MS = 30_000
// Three beats of the server: a connection that has died without a word, as in a laptop that slept.
const SILENCE_MS = 45_000
// For a page whose stream the server gave up for newer ones.
const POLL_MS = 10_000

const listeners = new Set<LiveListener>()
let source: EventSource | undefined
let connected = false
let signedOut = false
let retryMs = FIRST_RETRY_MS
let retrying: ReturnType<typeof setTimeout> | undefined
let silence: ReturnType<typeof setTimeout> | undefined
let polling: ReturnType<typeof setInterval> | undefined

/**
 * Hears of changes for as long as the page is looked at, all listeners of a tab over one connection. Told
 * that anything may have changed whenever the connection is there (again): what happened without it is not
 * told afterwards.
 *
 * @returns How to stop.
 */
export function listenToChanges(listener: LiveListener): () => void {
  if (listeners.size === 0) {
    // Whoever was signed out and looks at a page again has signed in again.
    signedOut = false
    document.addEventListener('visibilitychange', followVisibility)
    window.addEventListener('online', reconnect)
  }
  listeners.add(listener)
  if (connected) listener.onChange(null)
  else followVisibility()
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    document.removeEventListener('visibilitychange', followVisibility)
    window.removeEventListener('online', reconnect)
    disconnect()
  }
}

/** Whether changes are heard of at this moment. */
export function isLive(): boolean {
  return connected
}

/**
 * Whether the server can be asked for the page: it was there when it was last heard of, or has ended the session. Next
 * leaves the page for an error of the browser's when it asks for one in vain.
 */
export function isThere(): boolean {
  return connected || signedOut
}

// A browser allows six connections to a server: tabs in the background would use them up.
function followVisibility(): void {
  if (document.visibilityState === 'visible') connect()
  else disconnect()
}

function connect(): void {
  if (source || polling || signedOut) return
  clearTimeout(retrying)
  source = new EventSource(ADDRESS)
  const on = (event: LiveEvent, act: (data: string) => void) =>
    source?.addEventListener(event, ({ data }) => {
      expectWords()
      act(String(data))
    })
  on('hello', () => {
    retryMs = FIRST_RETRY_MS
    setConnected(true)
    tell(null)
  })
  on('beat', () => undefined)
  on('rooms', (data) => tell((JSON.parse(data) as LiveMessage).rooms))
  on('given-up', pollInstead)
  on('signed-out', leaveForSignIn)
  source.addEventListener('error', () => {
    setConnected(false)
    // A browser goes on by itself after a lost connection, not after an answer that is none.
    if (source?.readyState !== EventSource.CLOSED) return
    disconnect()
    void retryUnlessSignedOut()
  })
  expectWords()
}

// An EventSource does not tell with which status it was refused.
async function retryUnlessSignedOut(): Promise<void> {
  const refused = await fetch(ADDRESS, { method: 'HEAD' }).then(
    ({ status }) => status === 401,
    () => false,
  )
  if (listeners.size === 0 || source) return
  if (refused) return leaveForSignIn()
  clearTimeout(retrying)
  retrying = setTimeout(followVisibility, retryMs * (0.5 + Math.random() / 2))
  retryMs = Math.min(2 * retryMs, LONGEST_RETRY_MS)
}

// Until the page is looked at anew: to ask for a stream at once would take one from another page, and so on.
function pollInstead(): void {
  disconnect()
  setConnected(true)
  polling = setInterval(() => tell(null), POLL_MS)
}

// What is shown is loaded anew, which leads to the sign-in.
function leaveForSignIn(): void {
  signedOut = true
  disconnect()
  tell(null)
}

function reconnect(): void {
  disconnect()
  followVisibility()
}

function disconnect(): void {
  clearTimeout(retrying)
  clearTimeout(silence)
  clearInterval(polling)
  polling = undefined
  source?.close()
  source = undefined
  setConnected(false)
}

function expectWords(): void {
  clearTimeout(silence)
  silence = setTimeout(reconnect, SILENCE_MS)
}

function setConnected(now: boolean): void {
  if (connected === now) return
  connected = now
  for (const listener of listeners) listener.onState()
}

function tell(rooms: ChangedRooms): void {
  for (const listener of listeners) listener.onChange(rooms)
}
