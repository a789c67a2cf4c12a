import { requireUser } from '@/lib/auth/current-user'
import { db } from '@/lib/db'
import { keptAnswer } from './kept-answer'

// journeybee.md, The partner family; new ones may come.
const KNOWN = ['referral', 'reseller', 'distributor']
// Far more than there are; a bound for the case that somebody sends random ones.
const MAX_TYPES = 100

const seenTypes = keptAnswer(
  () => db().$queryRaw<{ partner_type: string }[]>`
    SELECT DISTINCT partner_type FROM room WHERE partner_type IS NOT NULL
    ORDER BY partner_type LIMIT ${MAX_TYPES}`,
)

/**
 * The partner types that rooms can be filtered by: those that JourneyBee documents, then any others seen.
 *
 * @throws UnauthenticatedError without a signed-in user.
 */
export async function listPartnerTypes(): Promise<string[]> {
  await requireUser()
  const seen = await seenTypes()
  return [...new Set([...KNOWN, ...seen.map((row) => row.partner_type)])]
}
