'use client'

import { useEffect, useState } from 'react'
import dynamic from 'next/dynamic'
import { useRouter } from 'next/navigation'
import { isTypingTarget, singleKeysEnabled } from '@/components/ui/single-keys'
import { NAV_ITEMS } from './nav-items'
import { onOpenPalette } from './palette-events'
import type { SendSamples } from './palette/palette-commands'
import type { SignOut } from './user-menu'

// Fetched when first opened: no page pays for them.
const CommandPalette = dynamic(() =>
  import('./command-palette').then((module) => module.CommandPalette),
)
const KeyHelp = dynamic(() => import('./key-help').then((module) => module.KeyHelp))

const SEQUENCE_MS = 1_000

type Opened = 'palette' | 'keyHelp' | null

type Props = { signOut?: SignOut; sendSamples?: SendSamples }

/** Ctrl/Cmd-K, "?", and "g" followed by a page's letter. */
export function KeyboardShortcuts({ signOut, sendSamples }: Props) {
  const router = useRouter()
  const [opened, setOpened] = useState<Opened>(null)

  useEffect(() => {
    let goPressedAt = -Infinity

    function onKeyDown(event: KeyboardEvent) {
      if (event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey) && !event.shiftKey) {
        event.preventDefault()
        setOpened((current) => (current === 'palette' ? null : 'palette'))
        return
      }
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return
      if (!singleKeysEnabled() || isTypingTarget(event.target)) return
      if (event.key === '?') return setOpened('keyHelp')
      const item =
        event.timeStamp - goPressedAt < SEQUENCE_MS &&
        NAV_ITEMS.find(({ key }) => key === event.key)
      goPressedAt = event.key === 'g' ? event.timeStamp : -Infinity
      if (!item) return
      event.preventDefault()
      router.push(item.href)
    }

    document.addEventListener('keydown', onKeyDown)
    const stopListening = onOpenPalette(() => setOpened('palette'))
    return () => {
      document.removeEventListener('keydown', onKeyDown)
      stopListening()
    }
  }, [router])

  const close = () => setOpened(null)
  return (
    <>
      {opened === 'palette' && (
        <CommandPalette
          onClose={close}
          onKeyHelp={() => setOpened('keyHelp')}
          signOut={signOut}
          sendSamples={sendSamples}
        />
      )}
      {opened === 'keyHelp' && <KeyHelp onClose={close} />}
    </>
  )
}
