import { PageHeader } from '@/components/ui/page-header'

export const metadata = { title: 'Overview' }

export default function OverviewPage() {
  return <PageHeader title="Overview" />
}
