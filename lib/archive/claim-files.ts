import { db } from '@/lib/db'

/** The attachment that a file belongs to. */
export type AttachmentKey = { companyUuid: string; messageUuid: string; uuid: string }

/** A file that this process alone may fetch until its lease ends. */
export type ClaimedFile = AttachmentKey & {
  urlHash: Uint8Array
  lease: string
  /** With this one. */
  attempts: number
  fileUrl: string
}

/** How long a process may say nothing before another one takes its file over, in seconds. */
export const LEASE_SECONDS = 30

/**
 * Claims files that are waiting, those that wait longest first: their links end soonest, and newer ones would keep
 * them waiting for ever. Any number of processes may claim at once. Files of attachments that have changed or were deleted since are put off for a
 * day: nobody will ask for them, unless the change is taken back.
 */
export async function claimFiles(limit: number): Promise<ClaimedFile[]> {
  const claimed = await db().$queryRaw<(ClaimedFile | (ClaimedFile & { fileUrl: null }))[]>`
    WITH due AS (
      SELECT company_uuid, message_uuid, uuid, url_hash FROM attachment_file
      WHERE state = 'waiting' AND next_try_at <= now()
      ORDER BY next_try_at LIMIT ${limit} FOR UPDATE SKIP LOCKED),
    found AS (
      SELECT due.*, a.file_url FROM due LEFT JOIN attachment a
        ON a.company_uuid = due.company_uuid AND a.message_uuid = due.message_uuid
          AND a.uuid = due.uuid AND sha256(convert_to(a.file_url, 'UTF8')) = due.url_hash)
    UPDATE attachment_file f SET
      lease = CASE WHEN found.file_url IS NOT NULL THEN gen_random_uuid() END,
      attempts = CASE WHEN found.file_url IS NOT NULL THEN f.attempts + 1 ELSE 0 END,
      next_try_at = now() + CASE WHEN found.file_url IS NOT NULL
        THEN make_interval(secs => ${LEASE_SECONDS}) ELSE interval '1 day' END,
      received_bytes = 0, stated_bytes = NULL
    FROM found
    WHERE f.company_uuid = found.company_uuid AND f.message_uuid = found.message_uuid
      AND f.uuid = found.uuid AND f.url_hash = found.url_hash
    RETURNING f.company_uuid AS "companyUuid", f.message_uuid AS "messageUuid", f.uuid,
      f.url_hash AS "urlHash", f.lease::text, f.attempts, found.file_url AS "fileUrl"`
  return claimed.filter((file) => file.fileUrl !== null)
}
