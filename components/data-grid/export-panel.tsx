'use client'

import { Braces, Sheet } from 'lucide-react'
import { Popover } from '@/components/ui/popover'
import { useListFrame } from './list-frame'
import type { PanelProps } from './menu-button'

const FORMATS = [
  { format: 'csv', label: 'CSV', note: 'for spreadsheets', Icon: Sheet },
  { format: 'json', label: 'JSON', note: 'for programs', Icon: Braces },
]

export function ExportPanel({ anchor, onClose }: PanelProps) {
  const { list, view, hrefOf } = useListFrame()
  const query = hrefOf(view).split('?')[1]
  return (
    <Popover anchor={anchor} label="Export" align="end" className="w-64" onClose={onClose}>
      <p className="border-b px-3 py-2 text-xs text-muted">
        All rows of this view, with the columns that it shows.
      </p>
      <ul className="p-1">
        {FORMATS.map(({ format, label, note, Icon }) => (
          <li key={format}>
            <a
              href={`/api/export/${list}?format=${format}${query ? `&${query}` : ''}`}
              download=""
              className="flex h-8 items-center gap-2 rounded-md px-2 -outline-offset-2 hover:bg-subtle"
              onClick={onClose}
            >
              <Icon aria-hidden className="size-4 text-muted" />
              {label} <span className="text-muted">{note}</span>
            </a>
          </li>
        ))}
      </ul>
    </Popover>
  )
}
