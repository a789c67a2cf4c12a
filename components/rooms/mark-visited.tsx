'use client'

import { useEffect } from 'react'

type Props = {
  room: { companyUuid: string; uuid: string }
  /** The newest message that is shown: a new one is read as soon as it shows. */
  newest: string | undefined
  mark: (room: { companyUuid: string; uuid: string }) => Promise<void>
}

/** Tells the server that the room has been read, once somebody really looks at it. */
export function MarkVisited({ room: { companyUuid, uuid }, newest, mark }: Props) {
  useEffect(() => {
    const seen = new AbortController()
    function markOnceVisible() {
      if (document.visibilityState !== 'visible') return
      seen.abort()
      // Without it the room only stays unread.
      mark({ companyUuid, uuid }).catch(() => undefined)
    }
    document.addEventListener('visibilitychange', markOnceVisible, { signal: seen.signal })
    markOnceVisible()
    return () => seen.abort()
  }, [companyUuid, uuid, newest, mark])
  return null
}
