import { Readable } from 'node:stream'
import { archiveAgain } from '@/lib/archive/archive-again'
import { contentDisposition } from '@/lib/archive/content-disposition'
import { openKept, openUnkept, type OpenFile } from '@/lib/archive/open-file'
import { readRange } from '@/lib/archive/read-range'
import { SHOWN_INLINE } from '@/lib/archive/sniff-type'
import type { AttachmentFile, AttachmentKey } from '@/lib/queries/find-attachment-file'
import { CLOSED, refuseFile } from './refuse-file'

type Use = 'download' | 'preview' | 'text'
type File = AttachmentFile & { key: AttachmentKey; fileUrl: string }

const TEXT_BYTES = 100 * 1024
const PDF = 'application/pdf'
// Not 206: that would be a part which was asked for, and needs a Content-Range (RFC 9110, 15.3.7).
const CUT_TEXT_HEADER = 'X-Text-Cut'

/**
 * Answers with a file, or part of it, as what its bytes are. Only images and PDFs are ever shown in place.
 *
 * @throws FetchError when neither the archive nor its sender's host has it.
 */
export async function serveFile(request: Request, file: File, use: Use): Promise<Response> {
  const { kept } = file
  const etag = kept ? `"${kept.sha256}"` : null
  if (etag && matches(request.headers.get('if-none-match'), etag)) {
    return new Response(null, { status: 304, headers: headersOf(file, use, kept!.mediaType) })
  }
  const refusal = kept && refusalOf(kept.mediaType, use)
  if (refusal) return refusal
  if (request.method === 'HEAD' && kept) {
    const headers = { ...headersOf(file, use, kept.mediaType), 'Content-Length': `${kept.size}` }
    return new Response(null, { headers })
  }
  const range = kept && use !== 'text' ? rangeOf(request, kept.size, etag!) : null
  if (range === 'unsatisfiable') {
    const headers = { 'Content-Range': `bytes */${kept!.size}` }
    return refuseFile(416, 'The file has no such part.', headers)
  }
  const fromArchive = kept && (await openKept(kept, range, request.signal))
  if (kept && !fromArchive) {
    await archiveAgain(file.key)
    // Nothing that is said of the kept file need hold for what its sender has now.
    return serveFile(request, { ...file, kept: null }, use)
  }
  const opened = fromArchive ?? (await openUnkept(file.fileUrl, request.signal))
  const unfit = refusalOf(opened.mediaType, use)
  // Next reads nothing of what answers HEAD, and would leave the stream open.
  if (unfit || request.method === 'HEAD') opened.bytes.destroy()
  if (unfit) return unfit
  if (request.method === 'HEAD') {
    return new Response(null, { headers: headersOf(file, use, opened.mediaType) })
  }
  return answer(opened, file, use)
}

async function answer(opened: OpenFile, file: File, use: Use): Promise<Response> {
  const headers = headersOf(file, use, opened.mediaType)
  if (use === 'text') return textOf(opened, headers)
  const { range, size, bytes } = opened
  const length = range ? range.end - range.start + 1 : size
  return new Response(Readable.toWeb(bytes) as ReadableStream, {
    status: range ? 206 : 200,
    headers: {
      ...headers,
      ...(length !== null && { 'Content-Length': String(length) }),
      ...(range && { 'Content-Range': `bytes ${range.start}-${range.end}/${size}` }),
    },
  })
}

/** The beginning of a text; a header of its own says whether there is more of it. */
async function textOf({ bytes }: OpenFile, headers: Record<string, string>): Promise<Response> {
  const decoder = new TextDecoder('utf-8')
  let text = ''
  let length = 0
  for await (const chunk of bytes as AsyncIterable<Buffer>) {
    const wanted = chunk.subarray(0, TEXT_BYTES - length)
    text += decoder.decode(wanted, { stream: true })
    length += chunk.length
    if (length > TEXT_BYTES) break
  }
  return new Response(text, {
    headers: { ...headers, ...(length > TEXT_BYTES && { [CUT_TEXT_HEADER]: 'true' }) },
  })
}

function headersOf(file: File, use: Use, mediaType: string): Record<string, string> {
  const isShown = use === 'preview'
  return {
    ...CLOSED,
    ...(isShown && mediaType === PDF && { 'Content-Security-Policy': PDF_POLICY }),
    'Content-Type': mediaType === 'text/plain' ? 'text/plain; charset=utf-8' : mediaType,
    'Content-Disposition': contentDisposition(isShown ? 'inline' : 'attachment', file.fileName),
    // Kept by the browser, and asked for again each time: whoever signs out has seen the last of it.
    'Cache-Control': file.kept ? 'private, no-cache' : 'private, no-store',
    ...(file.kept && { ETag: `"${file.kept.sha256}"`, 'Accept-Ranges': 'bytes' }),
  }
}

// Chromium shows no PDF in a sandbox. Its viewer is a process without access to the page; the rest stays shut.
const PDF_POLICY =
  "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'; form-action 'none'"

function refusalOf(mediaType: string, use: Use): Response | null {
  const fits =
    use === 'download' ||
    (use === 'text' ? mediaType === 'text/plain' : SHOWN_INLINE.some((each) => each === mediaType))
  return fits ? null : refuseFile(415, 'This file can’t be shown, only downloaded.')
}

function rangeOf(request: Request, size: number, etag: string) {
  const condition = request.headers.get('if-range')
  return condition && condition !== etag ? null : readRange(request.headers.get('range'), size)
}

function matches(header: string | null, etag: string): boolean {
  return (header ?? '').split(',').some((each) => each.trim().replace(/^W\//, '') === etag)
}
