import { findUser } from '@/lib/auth/current-user'
import { InvalidAddressError } from '@/lib/errors'
import { fixTimes } from '@/lib/event-filter/fix-times'
import { readEventFilter } from '@/lib/event-filter/read-event-filter'
import { countWaitingEvents } from '@/lib/queries/count-waiting-events'
import { orRefusal } from '@/lib/queries/or-refusal'
import { readParam } from '@/lib/queries/read-search-params'
import { searchParamsOf } from '@/lib/search-params'

/**
 * How many events of a filter have come since a page of them was drawn (`?since=`): `{ count, isMore }`; 204 when none
 * has, 400 with `{ error }` for a filter or a place that can't be.
 */
export async function GET(request: Request): Promise<Response> {
  if (!(await findUser())) return answer(401, { error: 'Sign in to see this.' })
  const result = await orRefusal(async () => {
    const params = searchParamsOf(request)
    const since = readParam(params, 'since')
    if (since === undefined) throw new InvalidAddressError('It is not said since when.')
    const filter = readEventFilter(params, ['since'])
    return countWaitingEvents(fixTimes(filter, new Date()), since)
  })
  if ('refusal' in result) return answer(400, { error: result.refusal })
  const { count, isMore } = result.value
  return count === 0 && !isMore ? answer(204) : answer(200, result.value)
}

function answer(status: number, body?: object): Response {
  const headers = { 'Cache-Control': 'private, no-store' }
  return body ? Response.json(body, { status, headers }) : new Response(null, { status, headers })
}
