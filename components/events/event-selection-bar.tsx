'use client'

import { X } from 'lucide-react'
import Link from 'next/link'
import type { Selection } from '@/components/data-grid/use-selection'
import { Button } from '@/components/ui/button'
import { copyText } from '@/components/ui/copy-text'
import { Kbd } from '@/components/ui/kbd'
import { notify } from '@/components/ui/notify'
import { formatCount } from '@/lib/format'
import { MAX_IDS } from '@/lib/event-filter/event-filter'
import { eventsHref } from './event-addresses'

type Props = { selection: Selection; actions: { label: string; path: string }[] }

/** What can be done with the selected events: they go along as a filter, in the address. */
export function EventSelectionBar({ selection, actions }: Props) {
  const ids = [...selection.selected.keys()]
  const tooMany = ids.length > MAX_IDS
  const text = `${formatCount(ids.length)} ${ids.length === 1 ? 'event' : 'events'} selected`
  const links = [{ label: 'Show only these', path: '/events' }, ...actions]
  return (
    <>
      <p role="status" className="sr-only">
        {ids.length > 0 && text}
      </p>
      {ids.length > 0 && (
        <div
          role="toolbar"
          aria-label="Selection"
          className="sticky bottom-3 z-30 mx-auto -mt-11 flex w-fit max-w-[calc(100%-1rem)] flex-wrap items-center gap-2 rounded-lg border bg-surface py-1.5 ps-3 pe-1.5 text-sm shadow-popover"
        >
          <span className="whitespace-nowrap">{text}</span>
          {tooMany ? (
            <span className="text-xs text-muted">
              A selection has at most {MAX_IDS}: use a filter.
            </span>
          ) : (
            links.map(({ label, path }) => (
              <Button key={path} size="sm" asChild>
                <Link href={eventsHref({ ids }, path)} prefetch={false}>
                  {label}
                </Link>
              </Button>
            ))
          )}
          <Button size="sm" onClick={() => copyIds(ids)}>
            Copy {ids.length === 1 ? 'id' : 'ids'}
          </Button>
          <Button
            size="sm"
            variant="ghost"
            aria-label="Select nothing"
            title="Select nothing"
            onClick={selection.clear}
          >
            <X aria-hidden />
            <Kbd className="pointer-coarse:hidden">Esc</Kbd>
          </Button>
        </div>
      )}
    </>
  )
}

async function copyIds(ids: string[]) {
  try {
    await copyText(ids.join('\n'))
    notify('success', ids.length === 1 ? 'Id copied.' : `${formatCount(ids.length)} ids copied.`)
  } catch {
    notify('error', 'The browser did not copy.')
  }
}
