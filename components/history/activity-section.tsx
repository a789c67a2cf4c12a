import { partnershipTabHref } from '@/components/addresses'
import { Section } from '@/components/partnerships/section'
import { SectionLink } from '@/components/partnerships/section-link'
import { Pager } from '@/components/ui/pager'
import type { ActivityScope } from '@/lib/queries/history-page'
import type { ActivityPage } from '@/lib/queries/list-partnership-activity'
import type { RecordKey } from '@/lib/queries/record-key'
import { ActivityItem } from './activity-item'

type Props = { partnership: RecordKey; page: ActivityPage; scope: ActivityScope }

/** What happened to a partnership, the latest first. */
export function ActivitySection({ partnership, page, scope }: Props) {
  const other = scope === 'profile' ? 'everything' : 'profile'
  return (
    <>
      <Section
        title={scope === 'profile' ? 'Changes of the profile' : 'Activity'}
        note="latest first, by when it was sent"
        empty={page.rows.length === 0 && 'No event names it as its subject.'}
        action={
          <SectionLink
            href={partnershipTabHref(partnership, 'activity', {
              show: other === 'profile' ? other : undefined,
            })}
          >
            {other === 'profile' ? 'Only changes of the profile' : 'Everything'}
          </SectionLink>
        }
      >
        <ol>
          {page.rows.map((entry) => (
            <ActivityItem key={entry.id} partnership={partnership} entry={entry} />
          ))}
        </ol>
      </Section>
      <Pager page={page} />
    </>
  )
}
