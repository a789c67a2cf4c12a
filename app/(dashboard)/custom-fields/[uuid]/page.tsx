import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { customFieldHref } from '@/components/addresses'
import { CustomFieldLabel } from '@/components/custom-fields/custom-field-label'
import { CustomFieldType } from '@/components/custom-fields/custom-field-type'
import { FieldOptions } from '@/components/custom-fields/field-options'
import { FieldValueTable } from '@/components/custom-fields/field-value-table'
import { Identifier } from '@/components/partnerships/identifier'
import { RecordChoice } from '@/components/partnerships/record-choice'
import { titleText } from '@/components/partnerships/visible-text'
import { Card, CardHeader, CardTitle } from '@/components/ui/card'
import { DefinitionList } from '@/components/ui/definition-list'
import { PageHeader, type Breadcrumb } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'
import { RefusedAddress } from '@/components/ui/refused-address'
import { Tabs } from '@/components/ui/tabs'
import { Time } from '@/components/ui/time'
import { findUser } from '@/lib/auth/current-user'
import { requireUserOrSignIn } from '@/lib/auth/require-user-or-sign-in'
import { formatCount } from '@/lib/format'
import { findCustomField, type CustomField } from '@/lib/queries/find-custom-field'
import { oneOf } from '@/lib/queries/list-address'
import { listFieldValues, type FieldOwner } from '@/lib/queries/list-field-values'
import { orRefusal } from '@/lib/queries/or-refusal'
import { readRecordAddress, type RecordAddress } from '@/lib/queries/read-record-address'
import { readPosition } from '@/lib/queries/read-search-params'

const BREADCRUMBS: Breadcrumb[] = [{ label: 'Custom fields', href: '/custom-fields' }]
const UNNAMED = 'Unnamed custom field'

export async function generateMetadata(address: RecordAddress): Promise<Metadata> {
  const key = await readRecordAddress(address)
  if (!key || !(await findUser())) return { title: 'Custom field' }
  const found = await findCustomField(key.uuid, key.companyUuid)
  return { title: found.kind === 'found' ? titleText(found.record.label, UNNAMED) : 'Custom field' }
}

export default async function CustomFieldPage(address: RecordAddress) {
  await requireUserOrSignIn()
  const key = await readRecordAddress(address)
  if (!key) notFound()
  const found = await findCustomField(key.uuid, key.companyUuid)
  if (found.kind === 'choice') {
    return (
      <RecordChoice
        title="Which company’s custom field?"
        description="Several companies have a custom field with this id."
        breadcrumbs={BREADCRUMBS}
        options={found.options}
        hrefOf={customFieldHref}
        unnamed={UNNAMED}
      />
    )
  }
  if (found.kind !== 'found') notFound()
  const field = found.record
  const params = await address.searchParams
  const shown = await orRefusal(async () => {
    const owner = oneOf(params, 'owner', ownersOf(field))
    return { owner, page: await listFieldValues(field, owner, readPosition(params)) }
  })
  if ('refusal' in shown) {
    return (
      <RefusedAddress reason={shown.refusal} href={customFieldHref(field)} linkText="The field" />
    )
  }
  const { owner, page } = shown.value
  return (
    <>
      <PageHeader
        title={<CustomFieldLabel label={field.label} uuid={field.uuid} />}
        breadcrumbs={BREADCRUMBS}
      />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_minmax(18rem,22rem)]">
        <div className="min-w-0 space-y-4 lg:order-last">
          <Facts field={field} />
          {field.optionCount > 0 && (
            <Card>
              <CardHeader>
                <CardTitle>Options</CardTitle>
                <span className="text-xs text-muted">{formatCount(field.optionCount)}</span>
              </CardHeader>
              <FieldOptions options={field.options} total={field.optionCount} />
            </Card>
          )}
        </div>
        <section aria-label="Where it is filled" className="min-w-0">
          <OwnerTabs field={field} owner={owner} />
          <Card>
            <FieldValueTable owner={owner} rows={page.rows} />
          </Card>
          <Pager page={page} />
        </section>
      </div>
    </>
  )
}

// The first one is shown where the address does not say: the one that has values.
function ownersOf({ partnerships, contacts }: CustomField): [FieldOwner, FieldOwner] {
  const onlyContacts = partnerships.count === 0 && partnerships.exact && contacts.count > 0
  return onlyContacts ? ['contact', 'partnership'] : ['partnership', 'contact']
}

function Facts({ field }: { field: CustomField }) {
  return (
    <Card aria-label="About the field">
      <DefinitionList
        items={[
          { term: 'Type', value: <CustomFieldType type={field.type} /> },
          { term: 'First seen', value: <Time value={field.firstEventAt} /> },
          { term: 'Last changed', value: <Time value={field.changedAt} /> },
          { term: 'Id', value: <Identifier id={field.uuid} label="id" /> },
          { term: 'Company', value: <Identifier id={field.companyUuid} label="company id" /> },
        ]}
      />
    </Card>
  )
}

function OwnerTabs({ field, owner }: { field: CustomField; owner: FieldOwner }) {
  const tab = (label: string, of: FieldOwner, { count, exact }: CustomField['contacts']) => ({
    label,
    href: `${customFieldHref(field)}&owner=${of}`,
    current: owner === of,
    count: exact ? count : undefined,
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
