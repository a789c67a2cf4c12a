'use client'

import { X } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { copyText } from '@/components/ui/copy-text'
import { Kbd } from '@/components/ui/kbd'
import { notify } from '@/components/ui/notify'
import { formatCount } from '@/lib/format'
import type { Selection } from './use-selection'

type Props = { selection: Selection; one: string; many: string }

/** What can be done with the selected rows. */
export function SelectionBar({ selection, one, many }: Props) {
  const { selected } = selection
  const text = `${formatCount(selected.size)} ${selected.size === 1 ? one : many} selected`
  const links = [...selected.values()].filter((href) => href !== null)
  return (
    <>
      <p role="status" className="sr-only">
        {selected.size > 0 && text}
      </p>
      {selected.size > 0 && (
        <div
          role="toolbar"
          aria-label="Selection"
          className="absolute bottom-3 left-1/2 z-30 flex max-w-[calc(100%-1rem)] -translate-x-1/2 items-center gap-2 rounded-lg border bg-surface py-1.5 ps-3 pe-1.5 text-sm shadow-popover"
        >
          <span className="whitespace-nowrap">{text}</span>
          <Button size="sm" onClick={() => copyLinks(links)} disabled={links.length === 0}>
            Copy {links.length === 1 ? 'link' : 'links'}
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

async function copyLinks(links: string[]) {
  const text = links.map((href) => new URL(href, location.href).href).join('\n')
  try {
    await copyText(text)
    notify(
      'success',
      links.length === 1 ? 'Link copied.' : `${formatCount(links.length)} links copied.`,
    )
  } catch {
    notify('error', 'The browser did not copy.')
  }
}
