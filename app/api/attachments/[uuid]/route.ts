import { findUser } from '@/lib/auth/current-user'
import { FetchError } from '@/lib/fetching/fetch-error'
import { decodeSegment } from '@/lib/queries/decode-segment'
import { findAttachmentFile } from '@/lib/queries/find-attachment-file'
import { orRefusal } from '@/lib/queries/or-refusal'
import { readParam } from '@/lib/queries/read-search-params'
import { refuseFile } from './refuse-file'
import { serveFile } from './serve-file'

export const runtime = 'nodejs'
export const dynamic = 'force-dynamic'

type Context = { params: Promise<{ uuid: string }> }

const USES = ['download', 'preview', 'text'] as const

/**
 * The file of an attachment, to save (`as=download`, unless told), to look at (`as=preview`, images and PDFs) or
 * to read (`as=text`, its beginning). The browser never talks to where it came from.
 */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  if (!(await findUser())) return refuseFile(401, 'Sign in to see this.')
  const uuid = decodeSegment((await params).uuid)
  const query = Object.fromEntries(new URL(request.url).searchParams)
  const read = await orRefusal(async () => ({
    companyUuid: readParam(query, 'company'),
    messageUuid: readParam(query, 'message'),
    use: USES.find((each) => each === (readParam(query, 'as') ?? 'download')),
  }))
  if ('refusal' in read) return refuseFile(400, read.refusal)
  const { companyUuid, messageUuid, use } = read.value
  if (!use) return refuseFile(400, '"as" must be download, preview or text.')
  const none = () => refuseFile(404, 'There is no such file.')
  if (uuid === null || companyUuid === undefined || messageUuid === undefined) return none()
  const file = await findAttachmentFile({ companyUuid, messageUuid, uuid })
  if (!file?.fileUrl?.trim()) return none()
  try {
    return await serveFile(request, { ...file, fileUrl: file.fileUrl }, use)
  } catch (error) {
    if (!(error instanceof FetchError)) throw error
    return refuseFile(error.code === 'busy' ? 503 : 502, error.message)
  }
}
