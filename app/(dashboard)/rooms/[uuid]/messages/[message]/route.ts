import { findUser } from '@/lib/auth/current-user'
import { findMessageText } from '@/lib/queries/find-message-text'
import { orRefusal } from '@/lib/queries/or-refusal'
import { readParam } from '@/lib/queries/read-search-params'
import { decodeSegment } from '@/lib/queries/decode-segment'
import { searchParamsOf } from '@/lib/search-params'

type Context = { params: Promise<{ uuid: string; message: string }> }

/** A message's whole text as plain text: the page of its room shows only the beginning of a very long one. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  if (!(await findUser())) return answer(401, 'Sign in to see this.')
  const { uuid, message } = await params
  const roomUuid = decodeSegment(uuid)
  const messageUuid = decodeSegment(message)
  const query = searchParamsOf(request)
  const company = await orRefusal(async () => readParam(query, 'company'))
  if ('refusal' in company) return answer(400, company.refusal)
  if (roomUuid === null || messageUuid === null || company.value === undefined) {
    return answer(404, 'There is no such message.')
  }
  const key = { companyUuid: company.value, roomUuid, uuid: messageUuid }
  const text = await findMessageText(key)
  return text === null ? answer(404, 'There is no such message.') : answer(200, text)
}

function answer(status: number, text: string): Response {
  return new Response(text, {
    status,
    headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' },
  })
}
