import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { customFieldHref } from '@/components/addresses'
import { CustomFieldFacts } from '@/components/custom-fields/custom-field-facts'
import { CustomFieldLabel } from '@/components/custom-fields/custom-field-label'
import { DistributionSection } from '@/components/custom-fields/distribution-section'
import { FieldChangeSection } from '@/components/custom-fields/field-change-section'
import { FieldOptions } from '@/components/custom-fields/field-options'
import { FieldValueTable } from '@/components/custom-fields/field-value-table'
import { OwnerTabs } from '@/components/custom-fields/owner-tabs'
import { Section } from '@/components/partnerships/section'
import { PageHeader } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'
import { RefusedAddress } from '@/components/ui/refused-address'
import { formatCount } from '@/lib/format'
import { fieldDistribution } from '@/lib/queries/field-distribution'
import { findCustomField, type CustomField } from '@/lib/queries/find-custom-field'
import { oneOf } from '@/lib/queries/list-address'
import { listFieldChanges } from '@/lib/queries/list-field-changes'
import { listFieldValues, type FieldOwner } from '@/lib/queries/list-field-values'
import { orRefusal } from '@/lib/queries/or-refusal'
import type { RecordAddress } from '@/lib/queries/read-record-address'
import { readPosition } from '@/lib/queries/read-search-params'
import { recordPage, recordTitle, type RecordKind } from '../../record-page'

const KIND: RecordKind<CustomField> = {
  word: 'custom field',
  breadcrumbs: [{ label: 'Custom fields', href: '/custom-fields' }],
  find: findCustomField,
  nameOf: ({ label }) => label,
  hrefOf: customFieldHref,
}

export function generateMetadata(address: RecordAddress): Promise<Metadata> {
  return recordTitle(address, KIND)
}

export default async function CustomFieldPage(address: RecordAddress) {
  return recordPage(address, KIND, {
    found: (field) => fieldPage(address, field),
    // A field is known from its definition alone.
    awaited: async () => notFound(),
  })
}

async function fieldPage({ searchParams }: RecordAddress, field: CustomField) {
  const params = await searchParams
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
  const [distribution, history] = await Promise.all([
    fieldDistribution(field, owner),
    listFieldChanges(field),
  ])
  return (
    <>
      <PageHeader
        title={<CustomFieldLabel label={field.label} uuid={field.uuid} />}
        breadcrumbs={KIND.breadcrumbs}
      />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_minmax(18rem,22rem)]">
        <div className="min-w-0 space-y-4 lg:order-last">
          <CustomFieldFacts field={field} />
          <FieldChangeSection {...history} />
          {field.optionCount > 0 && (
            <Section title="Options" note={formatCount(field.optionCount)}>
              <FieldOptions options={field.options} total={field.optionCount} />
            </Section>
          )}
        </div>
        <div className="min-w-0">
          <OwnerTabs field={field} owner={owner} />
          <div className="space-y-4">
            {distribution && (
              <DistributionSection field={field} owner={owner} distribution={distribution} />
            )}
            <Section title="Where it is filled">
              <FieldValueTable owner={owner} rows={page.rows} />
            </Section>
          </div>
          <Pager page={page} />
        </div>
      </div>
    </>
  )
}

// The first one is shown where the address does not say: the one that has values.
function ownersOf({ partnerships, contacts }: CustomField): [FieldOwner, FieldOwner] {
  const onlyContacts = partnerships === 0 && contacts > 0
  return onlyContacts ? ['contact', 'partnership'] : ['partnership', 'contact']
}
