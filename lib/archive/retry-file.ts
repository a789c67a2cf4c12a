import { db } from '@/lib/db'
import type { AttachmentKey } from './claim-files'

/**
 * Lets a file that could not be had be tried again now, with all attempts before it.
 *
 * @returns Whether there was one to try: false when it is archived, on its way or nobody's.
 */
export async function retryFile({
  companyUuid,
  messageUuid,
  uuid,
}: AttachmentKey): Promise<boolean> {
  const changed = await db().$executeRaw`
    UPDATE attachment_file f
    SET state = 'waiting', attempts = 0, next_try_at = now(), error_code = NULL, error_message = NULL
    FROM attachment a
    WHERE a.company_uuid = ${companyUuid} AND a.message_uuid = ${messageUuid} AND a.uuid = ${uuid}
      AND f.company_uuid = a.company_uuid AND f.message_uuid = a.message_uuid AND f.uuid = a.uuid
      AND f.url_hash = sha256(convert_to(a.file_url, 'UTF8'))
      AND (f.state IN ('failed', 'skipped') OR (f.state = 'waiting' AND f.lease IS NULL))`
  return changed > 0
}
