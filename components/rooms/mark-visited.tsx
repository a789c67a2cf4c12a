'use client'

import { useEffect } from 'react'

/** `newest` is the uuid of the newest message that was shown. */
export type MarkRoomVisited = (visit: {
  companyUuid: string
  uuid: string
  newest: string
}) => Promise<void>

type Props = {
  room: { companyUuid: string; uuid: string }
  /** The room's newest message when it is shown: a new one is read as soon as it shows. */
  newest: string | undefined
  mark: MarkRoomVisited
}

/** Tells the server how far the room has been read, once somebody really looks at its end. */
export function MarkVisited({ room: { companyUuid, uuid }, newest, mark }: Props) {
  useEffect(() => {
    if (newest === undefined) return
    const visit = { companyUuid, uuid, newest }
    const seen = new AbortController()
    function markOnceVisible() {
      if (document.visibilityState !== 'visible') return
      seen.abort()
      // Without it the room only stays unread.
      mark(visit).catch(() => undefined)
    }
    document.addEventListener('visibilitychange', markOnceVisible, { signal: seen.signal })
    markOnceVisible()
    return () => seen.abort()
  }, [companyUuid, uuid, newest, mark])
  return null
}
