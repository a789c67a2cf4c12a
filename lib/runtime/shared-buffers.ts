import os from 'node:os'

const LEAST_MB = 128
const MOST_MB = 512
const BYTES_PER_MB = 1024 * 1024

/**
 * How many megabytes the embedded database keeps pages in: an eighth of the memory that there is or that the
 * container may use, from 128, which is PostgreSQL's own choice, to 512. Lists read thousands of pages; out
 * of the operating system's cache each costs a call.
 */
export function sharedBuffersMb(
  memory: number = Math.min(os.totalmem(), process.constrainedMemory() || Infinity),
): number {
  return Math.min(MOST_MB, Math.max(LEAST_MB, Math.floor(memory / BYTES_PER_MB / 8)))
}
