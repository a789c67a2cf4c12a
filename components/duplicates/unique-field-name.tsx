import Link from 'next/link'
import { customFieldHref } from '@/components/addresses'
import { visibleText } from '@/components/partnerships/visible-text'
import type { UniqueField } from '@/lib/queries/unique-field'

const COLUMNS = {
  company_domain: 'domain',
  company_website: 'website',
  company_email: 'e-mail',
  company_name: 'name',
  company_phone_number: 'phone number',
}

/** The field that tells partners apart, as it stands in a sentence. */
export function UniqueFieldName({ field }: { field: UniqueField }) {
  if (field.kind === 'column') return <>{COLUMNS[field.column]}</>
  if (field.kind === 'unknown') return <bdi className="font-mono text-xs">{field.setting}</bdi>
  return (
    <Link
      href={customFieldHref({ companyUuid: field.companyUuid, uuid: field.fieldUuid })}
      prefetch={false}
      className="underline underline-offset-2"
    >
      <bdi>{visibleText(field.label) ?? field.fieldUuid}</bdi>
    </Link>
  )
}
