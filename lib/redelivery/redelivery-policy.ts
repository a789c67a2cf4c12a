import { env } from '@/lib/env'
import { fetchPolicy, type FetchPolicy } from '@/lib/fetching/fetch-policy'

/** What events may be sent to: the web's ports of the public internet (docs/decisions/17), and what tests allow. */
export function redeliveryPolicy(): FetchPolicy {
  return fetchPolicy(null, env().REDELIVERY_ALLOW_LOOPBACK)
}
