import { requireUser } from '@/lib/auth/current-user'
import { db } from '@/lib/db'
import { roomPartnerType } from './find-partnership'
import type { RecordKey } from './record-key'

/** What the records around a partnership tell of it while its own event has not come. */
export type AwaitedPartnership = { partnerType: string | null; firstMentionedAt: Date | null }

/**
 * What is known of a partnership that has not been received yet.
 *
 * @throws UnauthenticatedError without a signed-in user.
 */
export async function findAwaitedPartnership(key: RecordKey): Promise<AwaitedPartnership> {
  await requireUser()
  const { companyUuid, uuid } = key
  const [found] = await db().$queryRaw<AwaitedPartnership[]>`
    SELECT left((${roomPartnerType(key)}), 2000) AS "partnerType", (
      SELECT received_at FROM webhook_event
      WHERE company_uuid = ${companyUuid} AND partnership_uuid = ${uuid}
      ORDER BY seq LIMIT 1) AS "firstMentionedAt"`
  return found ?? { partnerType: null, firstMentionedAt: null }
}
