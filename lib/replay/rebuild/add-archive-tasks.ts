import { Prisma } from '@/lib/db'
import { inProjectionTransaction } from '@/lib/projector/in-projection-transaction'

const CHUNK = 5_000

type Place = { company_uuid: string; message_uuid: string; uuid: string; url_hash: Uint8Array }

/**
 * Tells the archive of the files that a rebuild has found and the live tables did not know, in committed parts: what is
 * there already stays as it is. One that was put off because there was no such attachment is due again.
 *
 * @param schema The shadow whose tables have taken the place of the live ones: its tasks are left in it.
 * @throws The signal's reason, and whatever keeps the database from answering. Nothing is lost by doing it again.
 */
export async function addArchiveTasks(schema: string, signal: AbortSignal): Promise<void> {
  for (let after: Place | undefined = undefined; ;) {
    signal.throwIfAborted()
    const last: Place | undefined = await addPart(schema, after)
    if (!last) return
    after = last
  }
}

async function addPart(schema: string, after: Place | undefined): Promise<Place | undefined> {
  const isNext = after
    ? Prisma.sql`WHERE (company_uuid, message_uuid, uuid, url_hash)
        > (${after.company_uuid}, ${after.message_uuid}, ${after.uuid}, ${after.url_hash}::bytea)`
    : Prisma.empty
  const [last] = await inProjectionTransaction(
    (tx) => tx.$queryRaw<Place[]>`
      WITH part AS MATERIALIZED (
        SELECT company_uuid, message_uuid, uuid, url_hash
        FROM ${Prisma.raw(`"${schema}".attachment_file`)} ${isNext}
        ORDER BY company_uuid, message_uuid, uuid, url_hash
        LIMIT ${CHUNK}
      ), tasks AS (
        INSERT INTO public.attachment_file AS f (company_uuid, message_uuid, uuid, url_hash)
        SELECT company_uuid, message_uuid, uuid, url_hash FROM part
        ON CONFLICT (company_uuid, message_uuid, uuid, url_hash) DO UPDATE SET next_try_at = now()
        WHERE f.state = 'waiting' AND f.lease IS NULL AND f.attempts = 0 AND f.next_try_at > now()
      )
      SELECT company_uuid, message_uuid, uuid, url_hash FROM part
      ORDER BY company_uuid DESC, message_uuid DESC, uuid DESC, url_hash DESC
      LIMIT 1`,
    { durable: false },
  )
  return last
}
