'use client'

import { useEffect, useRef } from 'react'
import type { Selection } from './use-selection'

/** Selects the rows of the page, all or none. */
export function PageCheckbox({ selection, many }: { selection: Selection; many: string }) {
  const box = useRef<HTMLInputElement>(null)

  // No attribute says this state.
  useEffect(() => {
    if (box.current) box.current.indeterminate = selection.page === 'some'
  }, [selection.page])

  return (
    <label className="flex h-full items-center justify-center ps-1">
      <input
        ref={box}
        type="checkbox"
        aria-label={`Select all ${many} of this page`}
        checked={selection.page === 'all'}
        onChange={selection.togglePage}
        className="size-3.5 accent-(--accent-solid)"
      />
    </label>
  )
}
