'use client'

import { useEffect } from 'react'
import { rememberPage } from './palette/recent-pages'

/** Remembers the records that are looked at, by the title that their pages give themselves. */
export function RememberPages() {
  useEffect(() => {
    const remember = () => rememberPage(window.location, document.title)
    remember()
    const observer = new MutationObserver(remember)
    // The title comes into the head after the address has changed.
    observer.observe(document.head, { childList: true, subtree: true, characterData: true })
    return () => observer.disconnect()
  }, [])
  return null
}
