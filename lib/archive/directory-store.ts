import { open, mkdir, rename } from 'node:fs/promises'
import path from 'node:path'
import type { FileStore } from './file-store'

/** Files below a directory, as `ab/ab12…`: a few hundred to a directory even with a hundred thousand. */
export function directoryStore(directory: string): FileStore {
  const shardOf = (sha256: string) => path.join(directory, sha256.slice(0, 2))
  return {
    keep: async ({ path: received, sha256 }) => {
      const shard = shardOf(sha256)
      const made = await mkdir(shard, { recursive: true })
      // The received file is on disk: from here on it has its name or not. One of this name is equal.
      await rename(received, path.join(shard, sha256))
      await sync(shard)
      if (made !== undefined) await syncAbove(shard, made)
    },
    open: async (sha256, range) => {
      try {
        const file = await open(path.join(shardOf(sha256), sha256))
        return file.createReadStream(range)
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
        throw error
      }
    },
  }
}

// A new directory is lasting when the one above it is: from the shard up to the first that was made.
async function syncAbove(shard: string, made: string): Promise<void> {
  let directory = shard
  do {
    directory = path.dirname(directory)
    await sync(directory)
  } while (directory.length >= made.length && directory !== path.dirname(directory))
}

// A name is lasting when its directory is.
async function sync(directory: string): Promise<void> {
  const handle = await open(directory)
  try {
    await handle.sync()
  } catch (error) {
    // Windows lets nobody sync a directory, and needs it not.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') throw error
  } finally {
    await handle.close()
  }
}
