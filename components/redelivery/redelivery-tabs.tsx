import { Tabs } from '@/components/ui/tabs'

type Tab = 'runs' | 'dead' | 'destinations'

/** Between the runs, what failed in them, and where they go. */
export function RedeliveryTabs({ current }: { current: Tab }) {
  return (
    <Tabs
      label="Redelivery"
      tabs={[
        { label: 'Runs', href: '/redeliveries', current: current === 'runs' },
        { label: 'Dead letters', href: '/redeliveries/dead', current: current === 'dead' },
        { label: 'Destinations', href: '/destinations', current: current === 'destinations' },
      ]}
    />
  )
}
