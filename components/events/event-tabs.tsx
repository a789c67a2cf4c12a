import { Tabs } from '@/components/ui/tabs'

/** What was stored, and what was turned away at the door. */
export function EventTabs({ current }: { current: 'events' | 'rejections' }) {
  return (
    <Tabs
      label="Deliveries"
      tabs={[
        { label: 'Stored', href: '/events', current: current === 'events' },
        { label: 'Rejections', href: '/events/rejections', current: current === 'rejections' },
      ]}
    />
  )
}
