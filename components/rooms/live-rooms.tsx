'use client'

import { useEffect, useRef, useState, useTransition } from 'react'
import { useRouter } from 'next/navigation'
import { isThere } from '@/components/live/live-source'
import { LiveToggle } from '@/components/live/live-toggle'
import { useChanges } from '@/components/live/use-changes'

const LEAST_PAUSE_MS = 500
// Of the time between two refreshes the server works on one for a fifth, unless it is very slow.
const TIMES_ITS_COST = 4
const MOST_PAUSE_MS = 2_000

/** Loads the list anew when a room changes, at most twice a second. */
export function LiveRooms() {
  const router = useRouter()
  const [refreshing, startTransition] = useTransition()
  // Counts what was told, so that a change during a refresh brings another one.
  const [told, setTold] = useState(0)
  const done = useRef({ told: 0, at: 0, cost: 0 })
  const [paused, setPaused] = useState(false)
  const live = useChanges(() => setTold((count) => count + 1))

  useEffect(() => {
    if (paused || refreshing || told === done.current.told) return
    const { at, cost } = done.current
    const pause = Math.min(MOST_PAUSE_MS, Math.max(LEAST_PAUSE_MS, TIMES_ITS_COST * cost))
    const timer = setTimeout(
      () => {
        // The next connection tells of a change again.
        if (!isThere()) return
        const startedAt = performance.now()
        done.current = { told, at: startedAt, cost: 0 }
        startTransition(() => router.refresh())
      },
      at === 0 ? 0 : Math.max(0, at + pause - performance.now()),
    )
    return () => clearTimeout(timer)
  }, [told, paused, refreshing, router])

  useEffect(() => {
    if (!refreshing && done.current.at > 0 && done.current.cost === 0) {
      done.current.cost = performance.now() - done.current.at
    }
  }, [refreshing])

  return <LiveToggle live={live} paused={paused} onToggle={() => setPaused(!paused)} />
}
