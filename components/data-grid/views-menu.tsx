'use client'

import { useRef, useState } from 'react'
import { ChevronDown, Layers } from 'lucide-react'
import dynamic from 'next/dynamic'
import { Button } from '@/components/ui/button'
import type { SavedView } from '@/lib/queries/saved-views'
import { queryOf, useListFrame } from './list-frame'
import type { SavedViewActions } from './saved-view-actions'

const ViewsPanel = dynamic(() => import('./views-panel').then((file) => file.ViewsPanel))

type Props = {
  views: SavedView[]
  actions: SavedViewActions
  /** "All partnerships". */
  allLabel: string
}

/** Which saved view is open, whether it has been changed, and the way to the others. */
export function ViewsMenu({ views, actions, allLabel }: Props) {
  const { view } = useListFrame()
  const button = useRef<HTMLButtonElement>(null)
  const [open, setOpen] = useState(false)
  const current = views.find(({ id }) => id === view.view)
  const edited = current !== undefined && current.query !== queryOf(view)
  return (
    <>
      <Button
        ref={button}
        aria-haspopup="dialog"
        aria-expanded={open}
        className="min-w-0 shrink"
        onClick={() => setOpen(!open)}
      >
        <Layers aria-hidden />
        <span className="sr-only">View: </span>
        <bdi className="max-w-48 min-w-0 truncate">{current?.name ?? allLabel}</bdi>
        {edited && <span className="text-xs font-normal text-muted">edited</span>}
        <ChevronDown aria-hidden />
      </Button>
      {open && (
        <ViewsPanel
          anchor={button}
          views={views}
          current={current}
          edited={edited}
          actions={actions}
          allLabel={allLabel}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  )
}
