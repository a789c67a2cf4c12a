'use client'

import { Search } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { Kbd } from '@/components/ui/kbd'
import { openPalette } from './palette-events'

/** Opens the command palette; `compact` is only the icon, for the phone's bar. */
export function PaletteButton({ compact = false }: { compact?: boolean }) {
  if (compact) {
    return (
      <Button variant="ghost" square aria-label="Search and commands" onClick={openPalette}>
        <Search aria-hidden />
      </Button>
    )
  }
  return (
    <button
      type="button"
      onClick={openPalette}
      className="flex h-8 w-full items-center gap-2 rounded-md border px-2 text-sm text-muted hover:bg-subtle"
    >
      <Search aria-hidden className="size-4" />
      <span className="flex-1 text-start">Search…</span>
      <span aria-hidden className="flex gap-0.5">
        <Kbd>Ctrl</Kbd>
        <Kbd>K</Kbd>
      </span>
    </button>
  )
}
