import { db, Prisma } from '@/lib/db'
import { FetchError } from '@/lib/fetching/fetch-error'
import type { ClaimedFile } from './claim-files'
import { LEASE_SECONDS } from './claim-files'
import { MAX_ATTEMPTS, retryDelay } from './retry-delay'
import type { SniffedType } from './sniff-type'

/**
 * Says that a file is still being fetched, and how far.
 *
 * @returns Whether it is still ours: false when another process has taken it over.
 */
export async function keepLease(
  file: ClaimedFile,
  progress: { received: number; stated: number | null },
): Promise<boolean> {
  return update(
    file,
    Prisma.sql`next_try_at = now() + make_interval(secs => ${LEASE_SECONDS}),
      received_bytes = ${progress.received}, stated_bytes = ${progress.stated}`,
  )
}

/** Says that a file is kept. */
export async function markArchived(
  file: ClaimedFile,
  kept: { sha256: string; size: number; mediaType: SniffedType },
): Promise<void> {
  await update(
    file,
    Prisma.sql`state = 'archived', lease = NULL, sha256 = ${Buffer.from(kept.sha256, 'hex')},
      file_size = ${kept.size}, media_type = ${kept.mediaType}, received_bytes = ${kept.size},
      stated_bytes = NULL, error_code = NULL, error_message = NULL, archived_at = now()`,
  )
}

/** Gives a file back as if it had not been claimed: this process stops. */
export async function giveBack(file: ClaimedFile): Promise<void> {
  await update(file, Prisma.sql`lease = NULL, attempts = attempts - 1, next_try_at = now()`)
}

/** Says why a file could not be had, and whether and when it is tried again. */
export async function markFailure(file: ClaimedFile, error: unknown): Promise<void> {
  const { code, message, passing } =
    error instanceof FetchError
      ? error
      : { code: 'storage', message: 'It could not be kept: see the server’s log.', passing: true }
  const again = passing && file.attempts < MAX_ATTEMPTS
  const state = again ? 'waiting' : code === 'too_large' ? 'skipped' : 'failed'
  await update(
    file,
    Prisma.sql`state = ${state}::attachment_file_state, lease = NULL, stated_bytes = NULL,
      next_try_at = now() + make_interval(secs => ${again ? retryDelay(file.attempts) / 1_000 : 0}),
      error_code = ${code}, error_message = ${message}`,
  )
}

async function update(file: ClaimedFile, set: Prisma.Sql): Promise<boolean> {
  const changed = await db().$executeRaw`
    UPDATE attachment_file SET ${set}
    WHERE company_uuid = ${file.companyUuid} AND message_uuid = ${file.messageUuid}
      AND uuid = ${file.uuid} AND url_hash = ${file.urlHash} AND lease = ${file.lease}::uuid`
  return changed > 0
}
