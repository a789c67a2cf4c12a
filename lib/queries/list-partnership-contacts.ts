import { requireUser } from '@/lib/auth/current-user'
import { Prisma } from '@/lib/db'
import { contactRows, type ContactRow } from './contact-rows'
import { countUpTo, type BoundedCount } from './count-up-to'
import { keysPage } from './keys-page'
import type { RecordKey } from './record-key'

const SHOWN = 10
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
  const order = { sort: 'name', position: {} } as const
  const condition = Prisma.sql`company_uuid = ${companyUuid} AND partnership_uuid = ${uuid}`
  const keys = keysPage({ from: Prisma.sql`contact`, condition, ...order, limit: SHOWN })
  const [contacts, total] = await Promise.all([
    contactRows(keys, order),
    countUpTo(COUNT_LIMIT, Prisma.sql`SELECT 1 FROM contact WHERE ${condition}`),
  ])
  return { contacts, total }
}
