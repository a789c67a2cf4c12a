'use client'

import { useEffect } from 'react'

/**
 * Brings an element into view when its page opens under an address that ends in `#id`. The jump of the browser
 * and of the router comes too early, while the page's skeleton is shown.
 */
export function ScrollWhenNamed({ id }: { id: string }) {
  useEffect(() => {
    if (window.location.hash === `#${id}`) document.getElementById(id)?.scrollIntoView()
  }, [id])
  return null
}
