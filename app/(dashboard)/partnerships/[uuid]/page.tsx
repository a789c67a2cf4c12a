import type { Metadata } from 'next'
import { partnershipHref } from '@/components/addresses'
import { DuplicateNotice } from '@/components/duplicates/duplicate-notice'
import { PartnershipTabs } from '@/components/history/partnership-tabs'
import { AwaitedHeader } from '@/components/partnerships/awaited-header'
import { PartnershipHeader } from '@/components/partnerships/partnership-header'
import { RefusedAddress } from '@/components/ui/refused-address'
import { findPartnership, type Partnership } from '@/lib/queries/find-partnership'
import { findDuplicatesOf } from '@/lib/queries/list-duplicates'
import { oneOf } from '@/lib/queries/list-address'
import { orRefusal } from '@/lib/queries/or-refusal'
import type { RecordAddress } from '@/lib/queries/read-record-address'
import { readParam, type SearchParams } from '@/lib/queries/read-search-params'
import type { RecordKey } from '@/lib/queries/record-key'
import { recordPage, recordTitle, type RecordKind } from '../../record-page'
import { activityTab } from './activity-tab'
import { asOfTab } from './as-of-tab'
import { awaitedOverview, overviewTab } from './overview-tab'

const KIND: RecordKind<Partnership> = {
  word: 'partnership',
  breadcrumbs: [{ label: 'Partnerships', href: '/partnerships' }],
  find: findPartnership,
  nameOf: ({ name }) => name,
  hrefOf: partnershipHref,
}

export function generateMetadata(address: RecordAddress): Promise<Metadata> {
  return recordTitle(address, KIND)
}

export default async function PartnershipPage(address: RecordAddress) {
  return recordPage(address, KIND, {
    found: async (partnership) => {
      const notice = await findDuplicatesOf(partnership)
      const header = (
        <>
          <PartnershipHeader partnership={partnership} />
          {notice && <DuplicateNotice notice={notice} />}
        </>
      )
      return tabbed(address, partnership, header, () => overviewTab(partnership))
    },
    awaited: (key) => tabbed(address, key, <AwaitedHeader />, () => awaitedOverview(key)),
  })
}

async function tabbed(
  { searchParams }: RecordAddress,
  partnership: RecordKey,
  header: React.ReactNode,
  overview: () => Promise<React.ReactNode>,
) {
  const params = await searchParams
  const drawn = await orRefusal(async () => {
    const tab = readTab(params)
    if (tab === 'overview') return { tab, content: await overview() }
    if (tab === 'activity') return { tab, content: await activityTab(partnership, params) }
    return { tab, content: await asOfTab(partnership, params) }
  })
  if ('refusal' in drawn) {
    return (
      <RefusedAddress
        reason={drawn.refusal}
        href={partnershipHref(partnership)}
        linkText="The partnership"
      />
    )
  }
  return (
    <>
      {header}
      <PartnershipTabs partnership={partnership} current={drawn.value.tab} />
      {drawn.value.content}
    </>
  )
}

// An address with an event but without a tab means the comparison; elsewhere an event means nothing.
function readTab(params: SearchParams) {
  if (readParam(params, 'asOf') !== undefined) return oneOf(params, 'tab', ['as-of'])
  const tab = oneOf(params, 'tab', ['overview', 'activity', 'as-of'])

  return tab
}
