import { redirect } from 'next/navigation'
import type { ListName, ListView } from '@/lib/list-view/list-view'
import { readListView } from '@/lib/list-view/read-list-view'
import type { PagePosition } from '@/lib/pagination'
import { orRefusal } from '@/lib/queries/or-refusal'
import { readPosition, type SearchParams } from '@/lib/queries/read-search-params'
import { refuseUnknown } from '@/lib/search-params'
import { listSavedViews, savedViewQuery } from '@/lib/queries/saved-views'

const KNOWN = ['q', 'filter', 'sort', 'columns', 'density', 'view', 'after', 'before']

/**
 * What the page of a list shows for its address: the view, the rows and the saved views. An address that
 * says no more than which saved view leads on to what is stored in it.
 */
export function openList<Answer>(
  list: ListName,
  params: SearchParams,
  read: (view: ListView, position: PagePosition) => Promise<Answer>,
) {
  return orRefusal(async () => {
    refuseUnknown(params, KNOWN, ' Filters are written as “filter=…”.')
    const stored = await savedViewQuery(list, params)
    if (stored !== null) redirect(`/${list}?${stored}`)
    const view = readListView(params)
    const position = readPosition(params)
    const [answer, views] = await Promise.all([
      read(view, position),
      listSavedViews(list, view.view),
    ])
    return { view, position, answer, views }
  })
}
