import { partnershipTabHref } from '@/components/addresses'
import { Section } from '@/components/partnerships/section'
import { SectionLink } from '@/components/partnerships/section-link'
import type { EventChanges } from '@/lib/queries/list-partnership-activity'
import type { RecordKey } from '@/lib/queries/record-key'
import { ActivityItem } from './activity-item'

type Props = { partnership: RecordKey; changes: EventChanges }

/** What one event changed, page by page. */
export function EventChangesSection({ partnership, changes: { entry, skip, next } }: Props) {
  const at = (from: number) =>
    partnershipTabHref(partnership, 'activity', { event: entry.id, from: String(from) })
  return (
    <Section
      title="One event"
      note={skip > 0 ? `after its first ${skip} changes` : undefined}
      action={
        <span className="flex gap-3">
          {skip > 0 && <SectionLink href={at(0)}>From the first change</SectionLink>}
          {next !== null && <SectionLink href={at(next)}>Further changes</SectionLink>}
          <SectionLink href={partnershipTabHref(partnership, 'activity')}>All activity</SectionLink>
        </span>
      }
    >
      <ol>
        <ActivityItem partnership={partnership} entry={entry} skip={skip} />
      </ol>
    </Section>
  )
}
