import { DefinitionList } from '@/components/ui/definition-list'
import { Time } from '@/components/ui/time'
import type { AwaitedPartnership } from '@/lib/queries/find-awaited-partnership'
import type { RecordKey } from '@/lib/queries/record-key'
import { Identifier } from './identifier'
import { ProfileText } from './profile-text'
import { Section } from './section'

type Props = { partnership: RecordKey; known: AwaitedPartnership }

/** The little that is known of it. */
export function AwaitedProfile({ partnership, known }: Props) {
  return (
    <Section title="Known so far">
      <DefinitionList
        items={[
          { term: 'Partner type', value: <ProfileText text={known.partnerType} /> },
          { term: 'First named', value: <Time value={known.firstMentionedAt} /> },
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
