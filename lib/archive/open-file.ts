import { Readable } from 'node:stream'
import { FetchError } from '@/lib/fetching/fetch-error'
import { log } from '@/lib/log'
import { fileStore, type ByteRange } from './file-store'
import { openRemote } from './open-remote'
import { SNIFFED_BYTES, sniffType } from './sniff-type'

/** A file to be served. Whoever opens it reads or destroys `bytes`. */
export type OpenFile = {
  mediaType: string
  /** Of the whole file; null when nobody knows before it has been read. */
  size: number | null
  /** What of it `bytes` holds; null for the whole. */
  range: ByteRange | null
  bytes: Readable
}

export type Kept = { sha256: string; size: number; mediaType: string }

/**
 * Opens a file that the archive keeps.
 *
 * @returns null when it is not where it was put.
 * @throws FetchError `unreachable` when the archive itself is out of reach.
 */
export async function openKept(
  kept: Kept,
  range: ByteRange | null,
  signal?: AbortSignal,
): Promise<OpenFile | null> {
  const { mediaType, size, sha256 } = kept
  // A stream can't be opened on no bytes at all.
  if (size === 0) return { mediaType, size, range: null, bytes: Readable.from([]) }
  try {
    const store = await fileStore()
    const bytes = await store.open(sha256, range ?? undefined, signal)
    if (!bytes) log.error({ sha256 }, 'an archived file is not where it was put')
    return bytes && { mediaType, size, range, bytes }
  } catch (error) {
    log.error({ err: (error as Error).message }, 'the archive could not be read')
    throw new FetchError('unreachable', 'The archive can’t be read: see the server’s log.')
  }
}

/**
 * Opens a file where its sender keeps it: while it has not been archived, it is handed through.
 *
 * @throws FetchError, and its stream too.
 */
export async function openUnkept(fileUrl: string, signal: AbortSignal): Promise<OpenFile> {
  const { body, close } = await openRemote(fileUrl, signal)
  const chunks = body[Symbol.asyncIterator]()
  try {
    const start: Buffer[] = []
    let length = 0
    let ended = false
    while (!ended && length < SNIFFED_BYTES) {
      const next = await chunks.next()
      ended = next.done === true
      if (!next.done) start.push(next.value)
      if (!next.done) length += next.value.length
    }
    const first = Buffer.concat(start)
    const bytes = Readable.from(rest(first, chunks), { objectMode: false })
    // Not in a `finally` of the generator: one that nobody has begun to read never comes to it.
    bytes.once('close', close)
    const mediaType = sniffType(first.subarray(0, SNIFFED_BYTES))
    return { mediaType, size: ended ? length : null, range: null, bytes }
  } catch (error) {
    close()
    throw error
  }
}

async function* rest(first: Buffer, chunks: AsyncIterator<Buffer>) {
  if (first.length > 0) yield first
  yield* { [Symbol.asyncIterator]: () => chunks }
}
