'use client'

import { useId, useState } from 'react'
import { Dialog, DialogContent } from '@/components/ui/dialog'
import { Kbd } from '@/components/ui/kbd'
import { enableSingleKeys, singleKeysEnabled } from '@/components/ui/single-keys'
import { NAV_ITEMS } from './nav-items'

const SHORTCUTS = [
  { keys: ['Ctrl', 'K'], does: 'Search and commands (⌘ K on a Mac)' },
  { keys: ['/'], does: 'Search in this list' },
  { keys: ['J'], does: 'Next row' },
  { keys: ['K'], does: 'Row before' },
  { keys: ['Enter'], does: 'Open the row' },
  { keys: ['X'], does: 'Select the row' },
  { keys: ['Shift', 'X'], does: 'Select all rows up to this one' },
  { keys: ['Esc'], does: 'Select nothing' },
  { keys: ['?'], does: 'These shortcuts' },
  ...NAV_ITEMS.map(({ key, label }) => ({ keys: ['G', key.toUpperCase()], does: label })),
]

export function KeyHelp({ onClose }: { onClose: () => void }) {
  const id = useId()
  const [enabled, setEnabled] = useState(singleKeysEnabled)
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent title="Keyboard shortcuts">
        <dl className="text-sm">
          {SHORTCUTS.map(({ keys, does }) => (
            <div key={does} className="flex items-center justify-between gap-4 py-1">
              <dt>{does}</dt>
              <dd className="flex gap-1">
                {keys.map((key) => (
                  <Kbd key={key}>{key}</Kbd>
                ))}
              </dd>
            </div>
          ))}
        </dl>
        <div className="mt-3 flex items-start gap-2 border-t pt-3 text-sm">
          <input
            id={id}
            type="checkbox"
            checked={enabled}
            className="mt-1 accent-(--accent-solid)"
            onChange={(event) => {
              setEnabled(event.target.checked)
              enableSingleKeys(event.target.checked)
            }}
          />
          <label htmlFor={id}>
            Shortcuts without Ctrl
            <span className="block text-xs text-muted">
              Switch them off where speech input or another tool types such keys.
            </span>
          </label>
        </div>
      </DialogContent>
    </Dialog>
  )
}
