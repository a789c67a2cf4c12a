import { AsOfSection } from '@/components/history/as-of-section'
import { VersionTimeline } from '@/components/history/version-timeline'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { comparePartnershipAsOf, positionAround } from '@/lib/queries/compare-partnership-as-of'
import { listPartnershipActivity } from '@/lib/queries/list-partnership-activity'
import { readParam, readPosition, type SearchParams } from '@/lib/queries/read-search-params'
import type { RecordKey } from '@/lib/queries/record-key'

const VERSIONS = 12

/** A partnership as it stood at an event, beside now, and the versions to choose from. */
export async function asOfTab(partnership: RecordKey, params: SearchParams) {
  const position = readPosition(params)
  const asOf = await comparePartnershipAsOf(partnership, readParam(params, 'asOf'))
  if (!asOf) {
    return (
      <Card>
        <EmptyState
          title="No version to look back at"
          description="No event with this partnership’s profile could be applied so far."
        />
      </Card>
    )
  }
  const isGiven = position.after !== undefined || position.before !== undefined
  const versions = await listPartnershipActivity(
    partnership,
    'profile',
    isGiven ? position : await positionAround(partnership, asOf.chosen),
    VERSIONS,
  )
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_minmax(16rem,20rem)]">
      <AsOfSection partnership={partnership} asOf={asOf} />
      <VersionTimeline partnership={partnership} page={versions} shownId={asOf.then?.id ?? null} />
    </div>
  )
}
