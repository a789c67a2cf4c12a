import { db } from '@/lib/db'
import { drainPending } from '@/lib/projector/drain-pending'
import { insertEvents } from './insert-events'
import { attachment, messageBody } from './sample-bodies'

/** Lets a message arrive whose files have these addresses, as `asset_<name>`, and projects it. */
export async function receiveAttachments(
  urls: Record<string, string | null>,
  message: Record<string, unknown> = {},
): Promise<void> {
  const attachments = Object.entries(urls).map(([name, url]) => ({
    ...attachment(name),
    file_url: url,
  }))
  await insertEvents([
    { eventType: 'message_updated', body: messageBody({ attachments, ...message }) },
  ])
  await drainPending()
}

export type FileRow = {
  uuid: string
  state: string
  sha256: string | null
  mediaType: string | null
  fileSize: number | null
  attempts: number
  errorCode: string | null
  errorMessage: string | null
  leased: boolean
  waitSeconds: number
}

/** The states of all files, in the order of their attachments. */
export async function readFiles(): Promise<FileRow[]> {
  return db().$queryRaw<FileRow[]>`
    SELECT uuid, state::text, encode(sha256, 'hex') AS sha256, media_type AS "mediaType",
      file_size::int AS "fileSize", attempts, error_code AS "errorCode",
      error_message AS "errorMessage", lease IS NOT NULL AS leased,
      extract(epoch FROM next_try_at - now())::float8 AS "waitSeconds"
    FROM attachment_file ORDER BY company_uuid, message_uuid, uuid, url_hash`
}

/** Makes everything that waits due now, as when the time has passed. */
export async function makeDue(): Promise<void> {
  await db().$executeRaw`UPDATE attachment_file SET next_try_at = now() WHERE state = 'waiting'`
}
