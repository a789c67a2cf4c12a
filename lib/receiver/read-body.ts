import { isUtf8 } from 'node:buffer'

export type BodyRefusal = 'body_too_large' | 'body_too_slow' | 'body_incomplete'

/** Of a stream of bytes what the receiver needs: any web stream fits. */
export type DeliveryBody = {
  getReader: () => {
    read: () => Promise<
      { done: false; value: Uint8Array } | { done: true; value?: Uint8Array | undefined }
    >
    /** Ends a read that is waiting. */
    cancel: () => Promise<void>
  }
  cancel: () => Promise<void>
}

export type ReadBody = { ok: true; bytes: Buffer } | { ok: false; reason: BodyRefusal }

/**
 * Reads a request's body, counting as it comes: a declared length may be missing or a lie. Stops at the
 * limit and at the time limit, and leaves the rest unread.
 *
 * @param declaredLength The Content-Length header; one over the limit is refused without reading.
 */
export async function readBody(
  body: DeliveryBody | null,
  declaredLength: string | null,
  maxBytes: number,
  timeoutMs: number,
): Promise<ReadBody> {
  if (!body) return { ok: true, bytes: Buffer.alloc(0) }
  const reader = body.getReader()
  let late = false
  const timer = setTimeout(() => {
    late = true
    // Ends the read that is waiting.
    reader.cancel().catch(() => undefined)
  }, timeoutMs)
  const refuse = (reason: BodyRefusal): ReadBody => {
    reader.cancel().catch(() => undefined)
    return { ok: false, reason }
  }
  try {
    if (Number(declaredLength) > maxBytes) return refuse('body_too_large')
    const chunks: Uint8Array[] = []
    let size = 0
    for (;;) {
      const { done, value } = await reader.read()
      if (late) return { ok: false, reason: 'body_too_slow' }
      if (done) break
      size += value.byteLength
      if (size > maxBytes) return refuse('body_too_large')
      chunks.push(value)
    }
    return { ok: true, bytes: join(chunks, size) }
  } catch {
    return refuse(late ? 'body_too_slow' : 'body_incomplete')
  } finally {
    clearTimeout(timer)
  }
}

/**
 * Decodes strictly: bytes that are not UTF-8 give null, never replacement characters. A byte order mark
 * is dropped, as RFC 8259 (section 8.1) lets a parser do: refusing it could lose the event for good.
 */
export function decodeUtf8(bytes: Buffer): string | null {
  if (!isUtf8(bytes)) return null
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
  return bytes.toString('utf8', hasMark ? 3 : 0)
}

// The usual body is one chunk: no copy.
function join(chunks: Uint8Array[], size: number): Buffer {
  const [only] = chunks
  if (only && chunks.length === 1) return Buffer.from(only.buffer, only.byteOffset, only.byteLength)
  return Buffer.concat(chunks, size)
}
