import { Section } from '@/components/partnerships/section'
import { CustomFieldList } from './custom-field-list'

type Props = React.ComponentProps<typeof CustomFieldList>

/** The custom fields of a partnership or a contact, on its page. */
export function CustomFieldSection(props: Props) {
  return (
    <Section
      title="Custom fields"
      empty={props.values.length === 0 && 'Its newest event has no custom fields.'}
    >
      <CustomFieldList {...props} />
    </Section>
  )
}
