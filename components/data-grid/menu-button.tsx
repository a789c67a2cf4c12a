'use client'

import { useRef, useState } from 'react'
import { Button } from '@/components/ui/button'

/** What a panel needs to know of its button. */
export type PanelProps = {
  anchor: React.RefObject<HTMLElement | null>
  onClose: () => void
}

type Props<More> = {
  /** One and the same at every rendering: another one would be a new panel, and what was typed into it lost. */
  panel: React.ComponentType<PanelProps & More>
  /** What the panel needs besides. */
  given: More
  children: React.ReactNode
}

/** A button that opens a panel beside it. */
export function MenuButton<More extends object>({ panel: Panel, given, children }: Props<More>) {
  const button = useRef<HTMLButtonElement>(null)
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button
        ref={button}
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        {children}
      </Button>
      {open && <Panel {...given} anchor={button} onClose={() => setOpen(false)} />}
    </>
  )
}
