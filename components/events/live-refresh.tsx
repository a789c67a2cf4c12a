'use client'

import { useEffect, useState, useTransition } from 'react'
import { Pause, Play } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { Button } from '@/components/ui/button'

const EVERY_MS = 4_000

/** Loads the page's data anew every few seconds while somebody looks at it. Can be paused (WCAG 2.2.2). */
export function LiveRefresh() {
  const router = useRouter()
  const [paused, setPaused] = useState(false)
  const [unreachable, setUnreachable] = useState(false)
  const [refreshing, startTransition] = useTransition()

  useEffect(() => {
    if (paused || refreshing) return
    const abort = new AbortController()

    async function refresh() {
      if (document.visibilityState !== 'visible') return
      // Asked first because Next answers a refresh that fails with leaving the page.
      const healthy = await isHealthy(abort.signal)
      if (abort.signal.aborted) return
      setUnreachable(!healthy)
      if (healthy) startTransition(() => router.refresh())
    }

    const timer = setInterval(refresh, EVERY_MS)
    document.addEventListener('visibilitychange', refresh, { signal: abort.signal })
    return () => {
      clearInterval(timer)
      abort.abort()
    }
  }, [paused, refreshing, router])

  return (
    <>
      {unreachable && !paused && (
        <span role="status" className="text-xs text-danger">
          Waggle does not answer; trying again
        </span>
      )}
      <Button
        variant="ghost"
        size="sm"
        aria-pressed={!paused}
        aria-label="Live updates"
        title={paused ? 'Live updates are paused' : 'Updates every few seconds while you look'}
        onClick={() => setPaused(!paused)}
      >
        {paused ? <Play aria-hidden /> : <Pause aria-hidden />}
        {paused ? 'Paused' : 'Live'}
      </Button>
    </>
  )
}

async function isHealthy(signal: AbortSignal): Promise<boolean> {
  try {
    return (await fetch('/api/health', { signal, cache: 'no-store' })).ok
  } catch {
    return false
  }
}
