import { DefinitionList } from '@/components/ui/definition-list'
import { Time } from '@/components/ui/time'
import type { Partnership } from '@/lib/queries/find-partnership'
import { Identifier } from './identifier'
import { ProfileText } from './profile-text'
import { Section } from './section'
import { visibleText } from './visible-text'

/** What the partnership's newest event says about the company. */
export function PartnershipProfile({ partnership }: { partnership: Partnership }) {
  const description = visibleText(partnership.description)
  return (
    <Section title="Profile">
      {description && (
        <div
          dir="auto"
          className="max-h-72 overflow-y-auto border-b px-4 py-3 text-sm break-words whitespace-pre-line"
          tabIndex={description.length > 600 ? 0 : undefined}
        >
          {description}
          {partnership.descriptionCut && <span className="text-muted"> … (cut here)</span>}
        </div>
      )}
      <DefinitionList
        items={[
          { term: 'E-mail', value: <ProfileText text={partnership.email} copy="e-mail" /> },
          {
            term: 'Phone',
            value: <ProfileText text={partnership.phoneNumber} copy="phone number" />,
          },
          { term: 'Country', value: <ProfileText text={partnership.country} /> },
          { term: 'Industry', value: <ProfileText text={partnership.industry} /> },
          { term: 'Category', value: <ProfileText text={partnership.category} /> },
          { term: 'Last changed', value: <Time value={partnership.changedAt} /> },
          { term: 'First seen', value: <Time value={partnership.firstEventAt} /> },
          { term: 'Id', value: <Identifier id={partnership.uuid} label="partnership id" /> },
          {
            term: 'Company id',
            value: <Identifier id={partnership.companyUuid} label="company id" />,
          },
        ]}
      />
    </Section>
  )
}
