'use client'

import { useEffect } from 'react'
import { useRouter } from 'next/navigation'

const EVERY_MS = 3_000

// One clock for all files of a page: a refresh brings the news of each.
const watchers = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined

/** Loads the page's data anew every few seconds while `active`, once for all who ask for it. */
export function useRefreshWhile(active: boolean): void {
  const router = useRouter()
  useEffect(() => {
    if (!active) return
    const refresh = () => router.refresh()
    watchers.add(refresh)
    timer ??= setInterval(() => void refreshOnce(), EVERY_MS)
    return () => {
      watchers.delete(refresh)
      if (watchers.size > 0) return
      clearInterval(timer)
      timer = undefined
    }
  }, [active, router])
}

async function refreshOnce(): Promise<void> {
  if (document.visibilityState !== 'visible') return
  // Asked first because Next answers a refresh that fails with leaving the page.
  const healthy = await fetch('/api/health', { cache: 'no-store' }).catch(() => null)
  if (healthy?.ok) watchers.values().next().value?.()
}
