import { setTimeout as delay } from 'node:timers/promises'
import { env } from '@/lib/env'
import { log } from '@/lib/log'
import { archiveFile } from './archive-file'
import { claimFiles } from './claim-files'
import { archiveDirectory } from './file-store'
import { removeHalfReceived } from './receive-file'

const AT_ONCE = 4
const POLL_MS = 1_000
const BACKOFF_MS = 5_000
const CLEANING_MS = 10 * 60 * 1_000

/**
 * Fetches and keeps what is waiting until the signal aborts; does nothing when archiving is off. Any number
 * of processes may run it on one database. It outlives the database going away, and never throws; what is
 * under way when the signal aborts is given back.
 */
export async function runArchive({ signal }: { signal: AbortSignal }): Promise<void> {
  if (!env().ARCHIVE_ATTACHMENTS) return
  const underWay = new Set<Promise<void>>()
  let nextCleaning = 0
  while (!signal.aborted) {
    try {
      if (performance.now() >= nextCleaning) {
        nextCleaning = performance.now() + CLEANING_MS
        await removeHalfReceived(archiveDirectory())
      }
      const claimed = await claimFiles(AT_ONCE - underWay.size)
      for (const file of claimed) {
        const work: Promise<void> = archiveFile(file, signal).finally(() => underWay.delete(work))
        underWay.add(work)
      }
      if (underWay.size === AT_ONCE) await Promise.race(underWay)
      else await pause(POLL_MS, signal)
    } catch (error) {
      log.warn({ err: (error as Error).message }, 'the archive could not go on; it will try again')
      await pause(BACKOFF_MS * (0.5 + Math.random()), signal)
    }
  }
  await Promise.all(underWay)
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch(() => undefined)
}
