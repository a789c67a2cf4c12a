'use client'

import { useEffect, useEffectEvent, type RefObject } from 'react'
import { isTypingTarget, singleKeysEnabled } from '@/components/ui/single-keys'
import type { Selection } from './use-selection'

/** "j" and "k" go from row to row, "x" selects, "Enter" opens, "Escape" selects nothing any more. */
export function useRowKeys(table: RefObject<HTMLTableElement | null>, selection: Selection) {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey) return
    const target = event.target
    // A row's own checkbox is no place to type in.
    const inTable = target instanceof HTMLElement && table.current?.contains(target)
    const checkbox = inTable && target instanceof HTMLInputElement
    if (!checkbox && isTypingTarget(target)) return
    const row = inTable ? target.closest<HTMLElement>('tr[data-row]') : null

    if (event.key === 'Escape') return selection.clear()
    // A link answers to Enter by itself.
    if (event.key === 'Enter' && (checkbox || target === row)) return rowTarget(row)?.click()
    if (!singleKeysEnabled()) return
    const key = event.key.toLowerCase()
    if (key === 'x' && row?.dataset.row !== undefined) {
      event.preventDefault()
      return selection.toggle(row.dataset.row, event.shiftKey)
    }
    if (event.shiftKey) return
    if (key === 'j' || key === 'k') {
      event.preventDefault()
      focusRow(table.current, row, key === 'j' ? 1 : -1)
    }
  })

  useEffect(() => {
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [])
}

/** What of a row has the focus: the link that it leads to, or the row where it leads nowhere. */
function rowTarget(row: HTMLElement | null | undefined): HTMLElement | null {
  return row?.querySelector<HTMLElement>('[data-row-link]') ?? row ?? null
}

/** Goes on from a row, or into the table at its first or last one. */
function focusRow(table: HTMLTableElement | null, from: HTMLElement | null, by: 1 | -1) {
  const rows = [...(table?.querySelectorAll<HTMLElement>('tr[data-row]') ?? [])]
  const at = from ? rows.indexOf(from) + by : by === 1 ? 0 : rows.length - 1
  const next = rows[Math.min(Math.max(at, 0), rows.length - 1)]
  rowTarget(next)?.focus({ preventScroll: true })
  next?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
}
