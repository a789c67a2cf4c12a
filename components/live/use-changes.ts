'use client'

import { useEffect, useEffectEvent, useState } from 'react'
import { isLive, listenToChanges, type ChangedRooms } from './live-source'

/**
 * Calls `onChange` when rooms change, while the page is looked at; null says that it may be any.
 *
 * @returns Whether changes are heard of: null before the first connection.
 */
export function useChanges(onChange: (rooms: ChangedRooms) => void): boolean | null {
  const [live, setLive] = useState<boolean | null>(null)
  const change = useEffectEvent(onChange)
  useEffect(
    () => listenToChanges({ onChange: (rooms) => change(rooms), onState: () => setLive(isLive()) }),
    [],
  )
  return live
}
