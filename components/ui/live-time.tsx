'use client'

import { useSyncExternalStore } from 'react'
import { formatDateTime, formatRelativeTime } from '@/lib/format'

const TICK_MS = 30_000

// One clock for all times of a page.
const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined
let now = 0

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(() => {
    now = Date.now()
    for (const notify of listeners) notify()
  }, TICK_MS)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
    now = 0
  }
}

function readClock(): number {
  return (now ||= Date.now())
}

type Props = { iso: string; absolute: string; relative: string; show: 'relative' | 'absolute' }

/** Starts with the server's words; in the browser the time stays current and is told in the reader's zone. */
export function LiveTime({ iso, absolute, relative, show }: Props) {
  const clock = useSyncExternalStore(subscribe, readClock, () => 0)
  const texts = clock === 0 ? { absolute, relative } : textsInBrowser(iso, clock)
  const shown = show === 'absolute' ? texts.absolute : texts.relative
  return (
    <time
      dateTime={iso}
      title={show === 'absolute' ? texts.relative : texts.absolute}
      className="whitespace-nowrap"
      suppressHydrationWarning
    >
      {shown}
    </time>
  )
}

function textsInBrowser(iso: string, clock: number) {
  const value = new Date(iso)
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
  return {
    absolute: formatDateTime(value, timeZone),
    relative: formatRelativeTime(value, new Date(clock), timeZone),
  }
}
