import { findUser } from '@/lib/auth/current-user'
import { InvalidAddressError } from '@/lib/errors'
import { decodeSegment } from '@/lib/queries/decode-segment'
import { listRoomMessages, listRoomRange } from '@/lib/queries/list-room-messages'
import { orRefusal } from '@/lib/queries/or-refusal'
import { readParam, readPosition } from '@/lib/queries/read-search-params'
import { searchParamsOf } from '@/lib/search-params'

type Context = { params: Promise<{ uuid: string }> }

const MAX_CURSOR_LENGTH = 4_000
const HEADERS = { 'Cache-Control': 'no-store' }

/**
 * Messages of a room as JSON, for a page that is scrolled or kept up to date: older or newer than a place,
 * or all from one place to another.
 */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  if (!(await findUser())) return refuse(401, 'Sign in to see this.')
  const uuid = decodeSegment((await params).uuid)
  if (uuid === null) return refuse(404, 'There is no such room.')
  const query = searchParamsOf(request)
  const result = await orRefusal(async () => {
    const companyUuid = readParam(query, 'company')
    if (companyUuid === undefined) throw new InvalidAddressError('The address needs a “company”.')
    const room = { companyUuid, uuid }
    const from = readParam(query, 'from', MAX_CURSOR_LENGTH)
    const to = readParam(query, 'to', MAX_CURSOR_LENGTH)
    if (from !== undefined || to !== undefined) return listRoomRange(room, { from, to })
    return listRoomMessages(room, readPosition(query))
  })
  if ('refusal' in result) return refuse(400, result.refusal)
  return Response.json(result.value, { headers: HEADERS })
}

function refuse(status: number, error: string): Response {
  return Response.json({ error }, { status, headers: HEADERS })
}
