'use client'

import { useRef, useState } from 'react'
import { Button } from '@/components/ui/button'

/** What a panel needs to know of its button. */
export type PanelProps = {
  anchor: React.RefObject<HTMLElement | null>
  onClose: () => void
}

type Props = { panel: React.ComponentType<PanelProps>; children: React.ReactNode }

/** A button that opens a panel beside it. */
export function MenuButton({ panel: Panel, children }: Props) {
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
      {open && <Panel anchor={button} onClose={() => setOpen(false)} />}
    </>
  )
}
