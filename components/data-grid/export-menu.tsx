'use client'

import { useRef, useState } from 'react'
import { Download } from 'lucide-react'
import dynamic from 'next/dynamic'
import { Button } from '@/components/ui/button'

const ExportPanel = dynamic(() => import('./export-panel').then((file) => file.ExportPanel))

/** Everything that the list holds under this view, as a file. */
export function ExportMenu() {
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
        <Download aria-hidden />
        <span className="max-sm:sr-only">Export</span>
      </Button>
      {open && <ExportPanel anchor={button} onClose={() => setOpen(false)} />}
    </>
  )
}
