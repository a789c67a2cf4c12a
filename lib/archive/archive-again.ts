import { db } from '@/lib/db'
import type { AttachmentKey } from './claim-files'

/** Lets the archive fetch a file anew that it has kept and that is not where it was put any more. */
export async function archiveAgain(key: AttachmentKey): Promise<void> {
  await db().$executeRaw`
    UPDATE attachment_file f SET
      state = 'waiting', sha256 = NULL, file_size = NULL, media_type = NULL, archived_at = NULL,
      lease = NULL, attempts = 0, next_try_at = now(), received_bytes = 0
    FROM attachment a
    WHERE a.company_uuid = ${key.companyUuid} AND a.message_uuid = ${key.messageUuid}
      AND a.uuid = ${key.uuid}
      AND f.company_uuid = a.company_uuid AND f.message_uuid = a.message_uuid AND f.uuid = a.uuid
      AND f.url_hash = sha256(convert_to(a.file_url, 'UTF8')) AND f.state = 'archived'`
}
