import { findUser } from '@/lib/auth/current-user'
import { InvalidAddressError } from '@/lib/errors'
import { LIST_NAMES } from '@/lib/list-view/list-view'
import { readListView } from '@/lib/list-view/read-list-view'
import { listFacets } from '@/lib/queries/list-facets'
import { orRefusal } from '@/lib/queries/or-refusal'

/**
 * What a column of a list holds under the filters of a view, for the filter's editor: `{ values, empty,
 * more }` of `?column=`, beside the list's own parameters. 400 with `{ error }` for a view that can't be.
 */
export async function GET(request: Request, props: { params: Promise<{ list: string }> }) {
  if (!(await findUser())) return answer(401, { error: 'Sign in to see this.' })
  const { list } = await props.params
  const name = LIST_NAMES.find((known) => known === list)
  if (!name) return answer(404, { error: 'There is no such list.' })
  const { searchParams } = new URL(request.url)
  const result = await orRefusal(async () => {
    const column = searchParams.get('column')
    if (!column) throw new InvalidAddressError('This address names no column.')
    const [facet] = await listFacets(name, readListView(searchParams), [column])
    return facet ?? { values: [], empty: 0, more: false }
  })
  if ('refusal' in result) return answer(400, { error: result.refusal })
  return answer(200, result.value)
}

function answer(status: number, body: object): Response {
  return Response.json(body, { status, headers: { 'Cache-Control': 'private, no-store' } })
}
