import Link from 'next/link'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import type { BoundedCount } from '@/lib/queries/count-up-to'

type Props = {
  list: { total: BoundedCount; matches: BoundedCount | null }
  path: string
  icon: React.ReactNode
  one: string
  many: string
  /** When the first row will come. */
  none: string
}

/** Why a list shows no row: there is none yet, none fits, or the page has emptied since. */
export function ListEmpty({ list: { total, matches }, path, icon, one, many, none }: Props) {
  const all = (
    <Button asChild>
      <Link href={`${path}?view=all`}>All {many}</Link>
    </Button>
  )
  if (total.count === 0) {
    return <EmptyState icon={icon} title={`No ${many} yet`} description={none} />
  }
  if (matches?.count === 0) {
    return (
      <EmptyState
        icon={icon}
        title={`No ${one} fits`}
        description="Take a filter away, or search for less: every word that is searched for must occur."
        actions={all}
      />
    )
  }
  return (
    <EmptyState
      icon={icon}
      title="Nothing on this page any more"
      description={`The ${many} that were here have changed since.`}
      actions={all}
    />
  )
}
