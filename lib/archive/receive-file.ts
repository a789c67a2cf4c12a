import { createHash, randomUUID } from 'node:crypto'
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import type { ReceivedFile } from './file-store'
import { SNIFFED_BYTES, sniffType, type SniffedType } from './sniff-type'

// A receiver that lives writes more often than this: a fetch that falls silent is ended sooner.
const DEAD_AFTER_MS = 10 * 60 * 1_000

/**
 * Writes what comes to a file of its own beside the archive, and to disk, before anybody may see it.
 *
 * @param onBytes Told how many bytes there are so far.
 * @throws Whatever the source throws; then nothing is left.
 */
export async function receiveFile(
  directory: string,
  source: AsyncIterable<Buffer>,
  onBytes: (bytes: number) => void,
): Promise<ReceivedFile & { mediaType: SniffedType }> {
  const partial = partialDirectory(directory)
  await mkdir(partial, { recursive: true, mode: 0o700 })
  const received = path.join(partial, randomUUID())
  try {
    const hash = createHash('sha256')
    let start = Buffer.alloc(0)
    let size = 0
    const file = await open(received, 'wx', 0o600)
    try {
      for await (const chunk of source) {
        await file.appendFile(chunk)
        hash.update(chunk)
        if (start.length < SNIFFED_BYTES) start = Buffer.concat([start, chunk])
        size += chunk.length
        onBytes(size)
      }
      await file.sync()
    } finally {
      await file.close()
    }
    const mediaType = sniffType(start.subarray(0, SNIFFED_BYTES))
    return { path: received, sha256: hash.digest('hex'), size, mediaType }
  } catch (error) {
    await rm(received, { force: true })
    throw error
  }
}

/** Removes what processes that died have left half received. */
export async function removeHalfReceived(directory: string, now = Date.now()): Promise<void> {
  const partial = partialDirectory(directory)
  for (const name of await readdir(partial).catch(() => [])) {
    const file = path.join(partial, name)
    const written = await stat(file).catch(() => null)
    if (written && now - written.mtimeMs > DEAD_AFTER_MS) await rm(file, { force: true })
  }
}

function partialDirectory(directory: string): string {
  return path.join(directory, 'partial')
}
