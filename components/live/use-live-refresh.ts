'use client'

import { useEffect, useRef, useState, useTransition } from 'react'
import { useRouter } from 'next/navigation'
import type { LiveTopic } from '@/lib/live/live-topic'
import { LIVE_SOURCES } from './live-source'
import { useChanges } from './use-changes'

const LEAST_PAUSE_MS = 500
// Of the time between two refreshes the server works on one for a fifth, unless it is very slow.
const TIMES_ITS_COST = 4
const MOST_PAUSE_MS = 2_000

type LiveRefresh = {
  /** Whether changes are heard of; null before that is known. */
  live: boolean | null
  /** How many times the page was told of changes. */
  told: number
  /** Loads the page anew at once, also while it is held. */
  refresh: () => void
}

/**
 * Loads the page anew when what the topic is about changes, at most twice a second, and less often when that costs
 * much.
 *
 * @param held Keeps the page as it is; what was told meanwhile brings a refresh afterwards.
 */
export function useLiveRefresh(topic: LiveTopic, held: boolean): LiveRefresh {
  const router = useRouter()
  const [refreshing, startTransition] = useTransition()
  // Counts what was told, so that a change during a refresh brings another one.
  const [told, setTold] = useState(0)
  const done = useRef({ told: 0, at: 0, cost: 0 })
  const live = useChanges(topic, () => setTold((count) => count + 1))

  useEffect(() => {
    // Loaded anew, the page of a session that has ended leads to the sign-in.
    const kept = held && !LIVE_SOURCES[topic].isSignedOut()
    if (kept || refreshing || told === done.current.told) return
    const { at, cost } = done.current
    const pause = Math.min(MOST_PAUSE_MS, Math.max(LEAST_PAUSE_MS, TIMES_ITS_COST * cost))
    const timer = setTimeout(
      () => {
        // The next connection tells of a change again.
        if (!LIVE_SOURCES[topic].isThere()) return
        const startedAt = performance.now()
        done.current = { told, at: startedAt, cost: 0 }
        startTransition(() => router.refresh())
      },
      at === 0 ? 0 : Math.max(0, at + pause - performance.now()),
    )
    return () => clearTimeout(timer)
  }, [topic, told, held, refreshing, router])

  useEffect(() => {
    if (!refreshing && done.current.at > 0 && done.current.cost === 0) {
      done.current.cost = performance.now() - done.current.at
    }
  }, [refreshing])

  function refresh() {
    if (LIVE_SOURCES[topic].isThere()) startTransition(() => router.refresh())
  }
  return { live, told, refresh }
}
