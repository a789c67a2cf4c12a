'use client'

import { createContext, useContext, useOptimistic, useTransition } from 'react'
import { useRouter } from 'next/navigation'
import type { ListView } from '@/lib/list-view/list-view'
import { listViewParams } from '@/lib/list-view/list-view-params'
import type { GridColumn } from './grid-column'
import { ListLayout } from './list-layout'

type FrameProps = {
  /** Which list it is: "partnerships". */
  list: string
  /** What it is called, and what a row is: "partnership", "partnerships". */
  words: { title: string; one: string; many: string }
  path: string
  view: ListView
  columns: GridColumn[]
  /** The order of the list when the address says none. */
  ownSort?: ListView['sort']
  /** The cursor of the page that is shown. */
  position?: { after?: string; before?: string }
  /** Whether a bare address leads to a saved view, so that showing all must be said. */
  hasDefault: boolean
  /** What the saved view that is open was saved as; undefined when none is. */
  savedQuery?: string
}

type Frame = Omit<FrameProps, 'position'> & {
  /** Something new is on its way from the server. */
  pending: boolean
  /** The address of a view, at its first page. */
  hrefOf: (view: ListView) => string
  /** Goes to a view; shows what of it needs no server at once. */
  show: (view: ListView, how?: { replace?: boolean; samePage?: boolean }) => void
}

const FrameContext = createContext<Frame | null>(null)

/** Holds what the parts of a list's page share: the view that the address names, and the way to another. */
export function ListFrame({ children, ...props }: FrameProps & { children: React.ReactNode }) {
  const router = useRouter()
  const [pending, startTransition] = useTransition()
  const [view, setView] = useOptimistic(props.view)
  const frame: Frame = {
    ...props,
    view,
    pending,
    hrefOf: (next) => viewHref(props, next),
    show(next, { replace = false, samePage = false } = {}) {
      const href = viewHref(props, next)
      startTransition(() => {
        setView(next)
        router[replace ? 'replace' : 'push'](samePage ? atPosition(href, props.position) : href, {
          scroll: false,
        })
      })
    },
  }
  return (
    <FrameContext value={frame}>
      <ListLayout>{children}</ListLayout>
    </FrameContext>
  )
}

export function useListFrame(): Frame {
  const frame = useContext(FrameContext)
  if (!frame) throw new Error('A part of a list stands outside of its ListFrame.')
  return frame
}

/** A view as it is stored: without the name of the saved view that it came from. */
export function queryOf(view: ListView): string {
  return listViewParams({ ...view, view: undefined }).toString()
}

function viewHref({ path, hasDefault, savedQuery }: FrameProps, view: ListView): string {
  const query = queryOf(view)
  const params = listViewParams(view)
  // Alone the name of a view leads to what is stored in it, and nothing at all to the default view.
  const leadsAway = query === '' && (view.view ? savedQuery !== '' : hasDefault)
  if (leadsAway) params.set('view', 'all')
  const text = params.toString()
  return text ? `${path}?${text}` : path
}

function atPosition(href: string, position: FrameProps['position'] = {}): string {
  const [path = '', query = ''] = href.split('?')
  const params = new URLSearchParams(query)
  for (const [name, value] of Object.entries(position)) if (value) params.set(name, value)
  const text = params.toString()
  return text ? `${path}?${text}` : path
}
