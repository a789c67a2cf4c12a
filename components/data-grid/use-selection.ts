'use client'

import { useState } from 'react'
import type { GridRow } from './grid-column'

type Row = Pick<GridRow, 'key' | 'href'>

export type Selection = ReturnType<typeof useSelection>

/** Which rows are selected. They stay so while one goes through the pages of the list. */
export function useSelection(rows: Row[]) {
  const [selected, setSelected] = useState<ReadonlyMap<string, GridRow['href']>>(new Map())
  const [anchor, setAnchor] = useState<string | null>(null)
  const onPage = rows.filter(({ key }) => selected.has(key)).length

  function put(changed: Row[], on: boolean) {
    const next = new Map(selected)
    for (const { key, href } of changed) {
      if (on) next.set(key, href)
      else next.delete(key)
    }
    setSelected(next)
  }

  return {
    selected,
    /** How much of the page that is shown. */
    page: onPage === 0 ? ('none' as const) : onPage === rows.length ? ('all' as const) : 'some',
    has: (key: string) => selected.has(key),
    /** @param range With all rows from the one that was touched last. */
    toggle(key: string, range: boolean) {
      const to = rows.findIndex((row) => row.key === key)
      const row = rows[to]
      if (!row) return
      const from = range ? rows.findIndex((each) => each.key === anchor) : -1
      setAnchor(key)
      if (from === -1) return put([row], !selected.has(key))
      put(rows.slice(Math.min(from, to), Math.max(from, to) + 1), true)
    },
    togglePage: () => put(rows, onPage < rows.length),
    clear() {
      setSelected(new Map())
      setAnchor(null)
    },
  }
}
