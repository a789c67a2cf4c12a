'use client'

import { useId, useState } from 'react'

/** Shows the first lines of something long, and all of it on demand. */
export function Collapsible({ children }: { children: React.ReactNode }) {
  const [open, setOpen] = useState(false)
  const id = useId()
  return (
    <div>
      <div id={id} className={open ? undefined : 'max-h-56 overflow-hidden mask-b-from-70%'}>
        {children}
      </div>
      <button
        type="button"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
        className="mt-1 rounded py-0.5 text-xs font-medium text-accent underline-offset-2 hover:underline"
      >
        {open ? 'Show less' : 'Show all'}
      </button>
    </div>
  )
}
