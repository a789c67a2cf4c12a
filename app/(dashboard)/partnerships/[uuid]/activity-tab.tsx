import { ActivitySection } from '@/components/history/activity-section'
import { EventChangesSection } from '@/components/history/event-changes-section'
import { InvalidAddressError } from '@/lib/errors'
import { oneOf } from '@/lib/queries/list-address'
import { listEventChanges, listPartnershipActivity } from '@/lib/queries/list-partnership-activity'
import { readParam, readPosition, type SearchParams } from '@/lib/queries/read-search-params'
import type { RecordKey } from '@/lib/queries/record-key'

/** What happened to a partnership; or, where the address names one event, all that it changed. */
export async function activityTab(partnership: RecordKey, params: SearchParams) {
  const event = readParam(params, 'event')
  if (event !== undefined) {
    const changes = await listEventChanges(partnership, event, readFrom(params))
    return <EventChangesSection partnership={partnership} changes={changes} />
  }
  const scope = oneOf(params, 'show', ['everything', 'profile'])
  const page = await listPartnershipActivity(partnership, scope, readPosition(params))
  return <ActivitySection partnership={partnership} page={page} scope={scope} />
}

function readFrom(params: SearchParams): number {
  const from = readParam(params, 'from') ?? '0'
  if (/^\d{1,6}$/.test(from)) return Number(from)
  throw new InvalidAddressError('“from” must be a whole number.')
}
