import { listen } from '@/lib/listen'

/**
 * Calls `onPending` whenever an append has left something to project. A hint only: what is said while
 * nobody listens is found by polling.
 *
 * @returns When the signal has aborted. Never throws.
 */
export function listenForPending(signal: AbortSignal, onPending: () => void): Promise<void> {
  return listen({
    channels: ['waggle_pending'],
    signal,
    onListening: onPending,
    onNotification: onPending,
  })
}
