'use client'

import { useState } from 'react'
import { LiveToggle } from '@/components/live/live-toggle'
import { useLiveRefresh } from '@/components/live/use-live-refresh'

/** Loads the list anew when a room changes, unless it is paused. */
export function LiveRooms() {
  const [paused, setPaused] = useState(false)
  const { live } = useLiveRefresh('rooms', paused)
  return (
    <LiveToggle what="messages" live={live} paused={paused} onToggle={() => setPaused(!paused)} />
  )
}
