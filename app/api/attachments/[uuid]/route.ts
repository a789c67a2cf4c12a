import { retryFile } from '@/lib/archive/retry-file'
import { checkOrigin, ForeignOriginError } from '@/lib/auth/check-origin'
import { findUser } from '@/lib/auth/current-user'
import { env } from '@/lib/env'
import { FetchError } from '@/lib/fetching/fetch-error'
import { findAttachmentFile } from '@/lib/queries/find-attachment-file'
import { orRefusal } from '@/lib/queries/or-refusal'
import { readParam } from '@/lib/queries/read-search-params'
import { searchParamsOf } from '@/lib/search-params'
import { readKey } from './read-key'
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
  const { uuid } = await params
  const query = searchParamsOf(request)
  const read = await orRefusal(async () => ({
    key: readKey(uuid, query),
    use: USES.find((each) => each === (readParam(query, 'as') ?? 'download')),
  }))
  if ('refusal' in read) return refuseFile(400, read.refusal)
  const { key, use } = read.value
  if (!use) return refuseFile(400, '"as" must be download, preview or text.')
  const file = key && (await findAttachmentFile(key))
  if (!key || !file?.fileUrl?.trim()) return refuseFile(404, 'There is no such file.')
  try {
    return await serveFile(request, { ...file, key, fileUrl: file.fileUrl }, use)
  } catch (error) {
    if (!(error instanceof FetchError)) throw error
    return refuseFile(error.code === 'busy' ? 503 : 502, error.message)
  }
}

/** Lets the archive try a file again that it could not have. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  if (!(await findUser())) return refuseFile(401, 'Sign in to do this.')
  try {
    await checkOrigin()
  } catch (error) {
    if (error instanceof ForeignOriginError) return refuseFile(403, error.message)
    throw error
  }
  if (!env().ARCHIVE_ATTACHMENTS) return refuseFile(409, 'Archiving is off on this server.')
  const { uuid } = await params
  const query = searchParamsOf(request)
  const read = await orRefusal(async () => readKey(uuid, query))
  if ('refusal' in read) return refuseFile(400, read.refusal)
  if (read.value && (await retryFile(read.value))) return new Response(null, { status: 204 })
  return refuseFile(404, 'There is nothing to try: the file is archived or on its way by now.')
}
