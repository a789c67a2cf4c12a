import { Tabs } from '@/components/ui/tabs'

/** Between the runs and where they go. */
export function RedeliveryTabs({ current }: { current: 'runs' | 'destinations' }) {
  return (
    <Tabs
      label="Redelivery"
      tabs={[
        { label: 'Runs', href: '/redeliveries', current: current === 'runs' },
        { label: 'Destinations', href: '/destinations', current: current === 'destinations' },
      ]}
    />
  )
}
