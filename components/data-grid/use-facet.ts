'use client'

import { useEffect, useState } from 'react'
import type { GridColumn } from './grid-column'
import { useListFrame } from './list-frame'

export type FacetValue = { value: string; label: string; count: number | null; exact: boolean }

/** What a column holds under the other filters; `values` are the most frequent ones when there are more. */
export type LoadedFacet = { values: FacetValue[]; more: boolean }

type State = { facet: LoadedFacet | null; failed: boolean }

/** The values of a column with their counts, asked for when its filter is opened. */
export function useFacet(column: GridColumn): State {
  const { list, hrefOf, view } = useListFrame()
  // The filters on this column itself change nothing about its counts, and they change while it is open.
  const filters = view.filters.filter((filter) => filter.column !== column.key)
  const query =
    hrefOf({ ...view, filters, view: undefined, columns: undefined }).split('?')[1] ?? ''
  const address = `/api/facets/${list}?${new URLSearchParams([
    ...new URLSearchParams(query),
    ['column', column.key],
  ])}`
  const [state, setState] = useState<State>({ facet: null, failed: false })

  useEffect(() => {
    const stop = new AbortController()
    fetch(address, { signal: stop.signal })
      .then(async (response) => {
        if (!response.ok) throw new Error(String(response.status))
        setState({ facet: (await response.json()) as LoadedFacet, failed: false })
      })
      .catch(() => {
        if (!stop.signal.aborted) setState({ facet: null, failed: true })
      })
    return () => stop.abort()
  }, [address])

  return state
}
