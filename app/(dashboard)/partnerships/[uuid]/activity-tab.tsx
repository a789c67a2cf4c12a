import { ActivitySection } from '@/components/history/activity-section'
import { oneOf } from '@/lib/queries/list-address'
import { listPartnershipActivity } from '@/lib/queries/list-partnership-activity'
import { readPosition, type SearchParams } from '@/lib/queries/read-search-params'
import type { RecordKey } from '@/lib/queries/record-key'

/** What happened to a partnership. */
export async function activityTab(partnership: RecordKey, params: SearchParams) {
  const scope = oneOf(params, 'show', ['everything', 'profile'])
  const page = await listPartnershipActivity(partnership, scope, readPosition(params))
  return <ActivitySection partnership={partnership} page={page} scope={scope} />
}
