'use client'

import { useEffect, useEffectEvent, useState } from 'react'
import type { LiveTopic } from '@/lib/live/live-topic'
import { LIVE_SOURCES, type ChangedRooms } from './live-source'

/**
 * Calls `onChange` when what the topic is about changes, while the page is looked at; of rooms with those that did, null
 * says that it may be any.
 *
 * @returns Whether changes are heard of: null before the first connection.
 */
export function useChanges(
  topic: LiveTopic,
  onChange: (rooms: ChangedRooms) => void,
): boolean | null {
  const [live, setLive] = useState<boolean | null>(null)
  const change = useEffectEvent(onChange)
  useEffect(() => {
    const source = LIVE_SOURCES[topic]
    return source.listen({
      onChange: (rooms) => change(rooms),
      onState: () => setLive(source.isLive()),
    })
  }, [topic])
  return live
}
