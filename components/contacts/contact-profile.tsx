import { Identifier } from '@/components/partnerships/identifier'
import { PartnershipLink } from '@/components/partnerships/partnership-link'
import { ProfileText } from '@/components/partnerships/profile-text'
import { Section } from '@/components/partnerships/section'
import { DefinitionList } from '@/components/ui/definition-list'
import { Time } from '@/components/ui/time'
import type { Contact } from '@/lib/queries/find-contact'
import { TagList } from './tag-list'

/** What the contact's newest event says. */
export function ContactProfile({ contact }: { contact: Contact }) {
  return (
    <Section title="Profile">
      <DefinitionList
        items={[
          { term: 'E-mail', value: <ProfileText text={contact.email} copy="e-mail" /> },
          { term: 'Phone', value: <ProfileText text={contact.phoneNumber} copy="phone number" /> },
          { term: 'Position', value: <ProfileText text={contact.position} /> },
          { term: 'Company', value: <ProfileText text={contact.companyName} /> },
          { term: 'Partnership', value: <PartnershipLink {...contact} className="text-accent" /> },
          { term: 'Tags', value: <TagList tags={contact.tags} count={contact.tagCount} /> },
          { term: 'Last changed', value: <Time value={contact.changedAt} /> },
          { term: 'First seen', value: <Time value={contact.firstEventAt} /> },
          { term: 'Id', value: <Identifier id={contact.uuid} label="contact id" /> },
          { term: 'Company id', value: <Identifier id={contact.companyUuid} label="company id" /> },
        ]}
      />
    </Section>
  )
}
