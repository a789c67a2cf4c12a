import { requireUser } from '@/lib/auth/current-user'
import { db } from '@/lib/db'
import { InvalidAddressError } from '@/lib/errors'
import type { ListName } from '@/lib/list-view/list-view'
import { isUuid } from '@/lib/is-uuid'
import { readParam, type SearchParams } from './read-search-params'

/** A list's address under a name. `query` is what stands behind the "?", without the view's own id. */
export type SavedView = {
  id: string
  name: string
  query: string
  isDefault: boolean
  own: boolean
}

const SELECT = { id: true, name: true, query: true, isDefault: true, userId: true } as const

/**
 * The views of a list that the user has saved, by name, and the one that the address names even when
 * somebody else has saved it: its link is meant to be handed on.
 *
 * @throws UnauthenticatedError without a signed-in user.
 */
export async function listSavedViews(list: ListName, openId?: string): Promise<SavedView[]> {
  const { id: userId } = await requireUser()
  const others = openId && isUuid(openId) ? [{ id: openId }] : []
  const found = await db().savedView.findMany({
    where: { list, OR: [{ userId }, ...others] },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    select: SELECT,
  })
  return found.map(({ userId: owner, ...view }) => ({ ...view, own: owner === userId }))
}

/**
 * Where an address leads that says no more than which view: to what is stored in the view. An address that
 * says nothing leads to the user's default view of the list.
 *
 * @returns the query of the address to go to; null when the address says itself what to show.
 * @throws UnauthenticatedError without a signed-in user.
 * @throws InvalidAddressError when it names a view that is not there.
 */
export async function savedViewQuery(list: ListName, params: SearchParams): Promise<string | null> {
  const { id: userId } = await requireUser()
  const said = Object.keys(params).filter((name) => params[name] !== undefined)
  if (said.length === 0) {
    const where = { list, userId, isDefault: true }
    const view = await db().savedView.findFirst({ where, select: SELECT })
    return view && queryOf(view)
  }
  const id = readParam(params, 'view')
  if (said.length > 1 || id === undefined || id === 'all') return null
  const view = isUuid(id)
    ? await db().savedView.findFirst({ where: { list, id }, select: SELECT })
    : null
  if (!view) throw new InvalidAddressError('The saved view of this address is not there any more.')
  // An empty view is the list as it is: its address is already whole.
  return view.query === '' ? null : queryOf(view)
}

function queryOf({ id, query }: { id: string; query: string }): string {
  return query === '' ? `view=${id}` : `view=${id}&${query}`
}
