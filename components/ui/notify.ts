export type Notice = { kind: 'success' | 'error'; message: string }

// What shows notices is fetched with the first of them: until it listens they wait here.
const waiting: Notice[] = []
const listeners = new Set<() => void>()

/** Tells what came of something, in a corner of the page. */
export function notify(kind: Notice['kind'], message: string): void {
  waiting.push({ kind, message })
  for (const listener of listeners) listener()
}

/** Hands out the notices that wait. */
export function takeNotices(): Notice[] {
  return waiting.splice(0)
}

/** Calls back with every notice until the returned function is called. */
export function onNotice(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}
