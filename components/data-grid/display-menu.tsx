'use client'

import { useRef, useState } from 'react'
import { SlidersHorizontal } from 'lucide-react'
import dynamic from 'next/dynamic'
import { Button } from '@/components/ui/button'

const DisplayPanel = dynamic(() => import('./display-panel').then((file) => file.DisplayPanel))

/** Which columns a list shows, in which order, and how close the rows stand. */
export function DisplayMenu() {
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
        <SlidersHorizontal aria-hidden />
        <span className="max-sm:sr-only">Display</span>
      </Button>
      {open && <DisplayPanel anchor={button} onClose={() => setOpen(false)} />}
    </>
  )
}
