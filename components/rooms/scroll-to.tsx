'use client'

import { useEffect } from 'react'

/**
 * Brings an element into view when a page of a room opens: the message that the address asks for, or the
 * end of the newest page. The browser's own jump to the fragment comes too early, while the page streams.
 */
export function ScrollTo({
  id,
  block,
  focus,
}: {
  id: string
  block: ScrollLogicalPosition
  focus?: boolean
}) {
  useEffect(() => {
    const element = document.getElementById(id)
    element?.scrollIntoView({ block })
    if (focus) element?.focus({ preventScroll: true })
  }, [id, block, focus])
  return null
}
