import { partnershipTabHref } from '@/components/addresses'
import { Tabs } from '@/components/ui/tabs'
import type { RecordKey } from '@/lib/queries/record-key'

export type PartnershipTab = 'overview' | 'activity' | 'as-of'

const TABS: { tab: PartnershipTab; label: string }[] = [
  { tab: 'overview', label: 'Overview' },
  { tab: 'activity', label: 'Activity' },
  { tab: 'as-of', label: 'As of' },
]

/** The parts of a partnership's page, each under an address of its own. */
export function PartnershipTabs(props: { partnership: RecordKey; current: PartnershipTab }) {
  return (
    <Tabs
      label="Partnership"
      tabs={TABS.map(({ tab, label }) => ({
        label,
        href: partnershipTabHref(props.partnership, tab),
        current: tab === props.current,
      }))}
    />
  )
}
