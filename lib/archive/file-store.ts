import type { Readable } from 'node:stream'
import path from 'node:path'
import { env } from '@/lib/env'
import { directoryStore } from './directory-store'

/** Bytes from `start` to `end`, both included, as in a Range header. */
export type ByteRange = { start: number; end: number }

/** A file that has been received whole and is to be kept. Its directory is on the store's own disk. */
export type ReceivedFile = { path: string; sha256: string; size: number }

/** Where archived files are kept, each once, by the SHA-256 of its content (lowercase hex). */
export type FileStore = {
  /** Keeps a received file: afterwards it is there whole and lasting, or not at all. It may take it away. */
  keep: (file: ReceivedFile, signal?: AbortSignal) => Promise<void>
  /** Opens a kept file; null when it is not there. Whoever gets the stream reads or destroys it. */
  open: (sha256: string, range?: ByteRange, signal?: AbortSignal) => Promise<Readable | null>
}

let store: Promise<FileStore> | undefined

/** The store that the settings name: a bucket, else a directory. */
export function fileStore(): Promise<FileStore> {
  return (store ??= env().ATTACHMENTS_BUCKET
    ? // Only now: the client is large, and most archives are directories.
      import('./bucket-store').then(({ bucketStore }) => bucketStore(env()))
    : Promise.resolve(directoryStore(archiveDirectory())))
}

/** The directory of the archive, and of what is being received for it. */
export function archiveDirectory(): string {
  const { ATTACHMENTS_DIR, DATA_DIR } = env()
  return path.resolve(ATTACHMENTS_DIR ?? path.join(DATA_DIR, 'attachments'))
}
