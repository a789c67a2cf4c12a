import { partnershipHref } from '@/components/addresses'
import { OutsideText } from '@/components/partnerships/outside-text'
import { PartnershipName } from '@/components/partnerships/partnership-name'
import { Section } from '@/components/partnerships/section'
import { SectionLink } from '@/components/partnerships/section-link'
import { DataTable, type Column } from '@/components/ui/data-table'
import { Time } from '@/components/ui/time'
import { formatCount } from '@/lib/format'
import type { DuplicateGroup, DuplicateMember } from '@/lib/queries/list-duplicates'

const COLUMNS: Column<DuplicateMember>[] = [
  {
    key: 'name',
    header: 'Partnership',
    width: '28%',
    cell: (row) => <PartnershipName name={row.name} className="line-clamp-1 break-all" />,
  },
  {
    key: 'domain',
    header: 'Domain',
    width: '22%',
    cell: (row) => <OutsideText text={row.domain} />,
  },
  { key: 'stage', header: 'Stage', cell: (row) => <OutsideText text={row.stage} /> },
  { key: 'tier', header: 'Tier', cell: (row) => <OutsideText text={row.tier} /> },
  {
    key: 'id',
    header: 'Id',
    cell: (row) => <OutsideText text={row.uuid} className="font-mono text-xs" />,
  },
  {
    key: 'changed',
    header: 'Last changed',
    align: 'end',
    width: '8rem',
    cell: (row) => <Time value={row.changedAt} />,
  },
]

type Props = {
  groups: DuplicateGroup[]
  /** Leads to all partnerships of a group. */
  allHref?: (group: DuplicateGroup) => string
}

/** Partnerships that share a value, a card for each value. */
export function DuplicateGroups({ groups, allHref }: Props) {
  return (
    <div className="grid gap-4">
      {groups.map((group) => (
        <Section
          key={group.key}
          title={<bdi className="line-clamp-2">{group.key}</bdi>}
          note={
            group.count > group.members.length
              ? `${formatCount(group.count)} partnerships, of which ${group.members.length} are shown`
              : `${formatCount(group.count)} partnerships`
          }
          action={
            allHref &&
            group.count > group.members.length && (
              <SectionLink href={allHref(group)}>Show all</SectionLink>
            )
          }
        >
          <DataTable
            caption={`Partnerships that share ${group.key.slice(0, 100)}`}
            columns={COLUMNS}
            rows={group.members}
            rowKey={(row) => row.uuid}
            rowHref={partnershipHref}
            minWidth="44rem"
          />
        </Section>
      ))}
    </div>
  )
}
