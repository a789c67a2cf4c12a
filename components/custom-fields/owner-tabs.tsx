import { customFieldHref } from '@/components/addresses'
import { Tabs } from '@/components/ui/tabs'
import type { CustomField } from '@/lib/queries/find-custom-field'
import type { FieldOwner } from '@/lib/queries/list-field-values'

/** A field's values among partnerships, and among contacts. */
export function OwnerTabs({ field, owner }: { field: CustomField; owner: FieldOwner }) {
  const tab = (label: string, of: FieldOwner, count: number) => ({
    label,
    href: `${customFieldHref(field)}&owner=${of}`,
    current: owner === of,
    count,
  })
  return (
    <Tabs
      label="Where it is filled"
      tabs={[
        tab('Partnerships', 'partnership', field.partnerships),
        tab('Contacts', 'contact', field.contacts),
      ]}
    />
  )
}
