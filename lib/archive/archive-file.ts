import { rm } from 'node:fs/promises'
import { log } from '@/lib/log'
import { FetchError } from '@/lib/fetching/fetch-error'
import type { ClaimedFile } from './claim-files'
import { archiveDirectory, fileStore, type ReceivedFile } from './file-store'
import { openRemote } from './open-remote'
import { receiveFile } from './receive-file'
import { MAX_ATTEMPTS } from './retry-delay'
import { giveBack, keepLease, markArchived, markFailure } from './settle-file'

const PROGRESS_MS = 2_000

/**
 * Fetches one claimed file and keeps it, or says why not. Never throws: what the database does not take is
 * made good when the lease has ended.
 */
export async function archiveFile(file: ClaimedFile, stopping: AbortSignal): Promise<void> {
  try {
    await fetchAndKeep(file, stopping).catch(async (error: unknown) => {
      if (stopping.aborted) return giveBack(file)
      if (!(error instanceof FetchError)) log.error({ err: error }, 'a file could not be archived')
      await markFailure(file, error)
    })
  } catch (error) {
    log.warn({ err: (error as Error).message }, 'what became of a file could not be written down')
  }
}

async function fetchAndKeep(file: ClaimedFile, stopping: AbortSignal): Promise<void> {
  if (file.attempts > MAX_ATTEMPTS) {
    throw new FetchError('bad_answer', 'It broke off every process that fetched it.', false)
  }
  const lost = new AbortController()
  const progress = { received: 0, stated: null as number | null }
  // Out of reach for a moment, the database does not end a fetch; another process that took over does.
  const report = () =>
    keepLease(file, progress).then(
      (ours) => ours || lost.abort(),
      () => undefined,
    )
  const timer = setInterval(report, PROGRESS_MS)
  try {
    const signal = AbortSignal.any([stopping, lost.signal])
    const opened = await openRemote(file.fileUrl, signal)
    progress.stated = opened.statedBytes
    try {
      const received = await receiveFile(archiveDirectory(), opened.body, (bytes) => {
        progress.received = bytes
      })
      await keep(received, signal)
      await markArchived(file, received)
    } finally {
      opened.close()
    }
  } finally {
    clearInterval(timer)
  }
}

async function keep(received: ReceivedFile, signal: AbortSignal): Promise<void> {
  try {
    await (await fileStore()).keep(received, signal)
  } finally {
    await rm(received.path, { force: true })
  }
}
