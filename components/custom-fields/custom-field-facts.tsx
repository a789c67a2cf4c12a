import { Identifier } from '@/components/partnerships/identifier'
import { Card } from '@/components/ui/card'
import { DefinitionList } from '@/components/ui/definition-list'
import { Time } from '@/components/ui/time'
import type { CustomField } from '@/lib/queries/find-custom-field'
import { CustomFieldType } from './custom-field-type'
import { FilledCount } from './filled-count'

/** What a field is, and how many have something in it. */
export function CustomFieldFacts({ field }: { field: CustomField }) {
  return (
    <Card aria-label="About the field">
      <DefinitionList
        items={[
          { term: 'Type', value: <CustomFieldType type={field.type} /> },
          { term: 'Partnerships', value: <FilledCount value={field.partnerships} /> },
          { term: 'Contacts', value: <FilledCount value={field.contacts} /> },
          { term: 'First seen', value: <Time value={field.firstEventAt} /> },
          { term: 'Last changed', value: <Time value={field.changedAt} /> },
          { term: 'Id', value: <Identifier id={field.uuid} label="id" /> },
          { term: 'Company', value: <Identifier id={field.companyUuid} label="company id" /> },
        ]}
      />
    </Card>
  )
}
