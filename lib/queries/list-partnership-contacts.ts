import { requireUser } from '@/lib/auth/current-user'
import { db, Prisma } from '@/lib/db'
import { countUpTo, type BoundedCount } from './count-up-to'
import { CONTACTS } from './list-contacts'
import type { ContactRow } from './lists/contact-rows'
import { SHOWN } from './lists/extent'
import type { RecordKey } from './record-key'

const SHOWN_CONTACTS = 10
const COUNT_LIMIT = 1_000

/**
 * The first contacts of a partnership by name.
 *
 * @throws UnauthenticatedError without a signed-in user.
 */
export async function listPartnershipContacts({
  companyUuid,
  uuid,
}: RecordKey): Promise<{ contacts: ContactRow[]; total: BoundedCount }> {
  await requireUser()
  const ofPartnership = Prisma.sql`
    FROM contact WHERE company_uuid = ${companyUuid} AND partnership_uuid = ${uuid}`
  const [keys, total] = await Promise.all([
    db().$queryRaw<{ uuid: string }[]>`
      SELECT uuid ${ofPartnership} ORDER BY sort_key, uuid LIMIT ${SHOWN_CONTACTS}`,
    countUpTo(COUNT_LIMIT, Prisma.sql`SELECT 1 ${ofPartnership}`),
  ])
  const ids = keys.map((key) => [companyUuid, key.uuid])
  return { contacts: await CONTACTS.readRows(db(), ids, SHOWN), total }
}
