'use client'

import { useCallback, useEffect, useReducer, useRef, useState } from 'react'
import { changeFeed, openFeed, type FeedPage } from './feed-state'
import { fetchMessages } from './fetch-messages'

type Room = { companyUuid: string; uuid: string }

/** What is on the screen: the indexes of the first and the last message, and whether the end is. */
export type FeedView = { first: number; last: number; atEnd: boolean }

// So many messages before the end of what is there the next ones are asked for.
const EDGE = 12
const REREAD_EVERY_MS = 400

/**
 * Keeps a stretch of a room: reads on at either end as the reader comes near it, and what is looked at
 * again after a change. What lies elsewhere is read again when it is scrolled to.
 */
export function useFeed(room: Room, first: FeedPage) {
  const [state, dispatch] = useReducer(changeFeed, first, openFeed)
  const [failed, setFailed] = useState(false)
  const [changes, setChanges] = useState(0)
  // When each message was last read, counted in changes: those read before the last one may be out of date.
  const readAt = useRef({ loading: false, reads: 0, at: 0, of: new Map<string, number>() })
  const { companyUuid, uuid } = room
  const { messages, hasOlder, hasNewer, generation } = state

  const read = useCallback(
    async (asked: Parameters<typeof fetchMessages>[1], change: (page: FeedPage) => void) => {
      readAt.current.loading = true
      // Only the opening of the newest messages overtakes: what was asked before it is not wanted any more.
      const turn = ++readAt.current.reads
      try {
        const page = await fetchMessages({ companyUuid, uuid }, asked)
        if (turn !== readAt.current.reads) return
        for (const message of page.messages) readAt.current.of.set(message.uuid, changes)
        readAt.current.loading = false
        setFailed(false)
        change(page)
      } catch {
        if (turn !== readAt.current.reads) return
        readAt.current.loading = false
        setFailed(true)
      }
    },
    [companyUuid, uuid, changes],
  )

  const follow = useCallback(
    (view: FeedView) => {
      if (readAt.current.loading || failed) return
      const oldest = messages[0]
      const newest = messages.at(-1)
      if (hasOlder && oldest && view.first < EDGE) {
        void read({ before: oldest.cursor }, (page) =>
          dispatch({ type: 'older', generation, page }),
        )
      } else if (hasNewer && newest && view.last >= messages.length - EDGE) {
        void read({ after: newest.cursor }, (page) => dispatch({ type: 'newer', generation, page }))
      }
    },
    [read, failed, messages, hasOlder, hasNewer, generation],
  )

  const catchUp = useCallback(
    (view: FeedView) => {
      const { current } = readAt
      if (current.loading || failed || changes === 0) return
      const isStale = (index: number) => {
        const message = messages[index]
        return message !== undefined && (current.of.get(message.uuid) ?? 0) < changes
      }
      const shown = Array.from({ length: view.last - view.first + 1 }, (_, i) => view.first + i)
      const { atEnd } = view
      const reachesEnd = !hasNewer && view.last >= messages.length - 1
      if (messages.length === 0 || shown.some(isStale)) {
        const from = view.first === 0 && !hasOlder ? undefined : messages[view.first]
        const to = reachesEnd ? undefined : messages[view.last]
        const range = { from: from?.uuid ?? null, to: to?.uuid ?? null }
        const asked = { ...(from && { from: from.cursor }), ...(to && { to: to.cursor }) }
        void read(asked, (page) => dispatch({ type: 'reread', generation, range, page, atEnd }))
      } else if (!hasNewer && !reachesEnd && current.at < changes) {
        current.at = changes
        const newest = messages.at(-1)
        const asked = newest ? { after: newest.cursor } : {}
        void read(asked, (page) => dispatch({ type: 'arrived', generation, page, atEnd }))
      }
    },
    [read, failed, changes, messages, hasOlder, hasNewer, generation],
  )

  const changed = useThrottled(
    useCallback(() => {
      setFailed(false)
      setChanges((count) => count + 1)
    }, []),
    REREAD_EVERY_MS,
  )
  const openNewest = useCallback(
    () => read({}, (page) => dispatch({ type: 'opened', page })),
    [read],
  )
  const seen = useCallback(() => dispatch({ type: 'seen' }), [])
  return { state, failed, changes, follow, catchUp, changed, openNewest, seen }
}

/** Calls at once, and then at most once in so many milliseconds, the last time never left out. */
function useThrottled(call: () => void, ms: number): () => void {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const calledAt = useRef(-Infinity)
  useEffect(() => () => clearTimeout(timer.current), [])
  return useCallback(() => {
    clearTimeout(timer.current)
    const wait = calledAt.current + ms - performance.now()
    timer.current = setTimeout(
      () => {
        calledAt.current = performance.now()
        call()
      },
      Math.max(0, wait),
    )
  }, [call, ms])
}
