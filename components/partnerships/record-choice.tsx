import Link from 'next/link'
import { PageHeader, type Breadcrumb } from '@/components/ui/page-header'
import type { RecordOption } from '@/lib/queries/find-record'
import { visibleText } from './visible-text'

type Props = {
  title: string
  description: string
  breadcrumbs: Breadcrumb[]
  options: RecordOption[]
  hrefOf: (option: RecordOption) => string
  unnamed: string
}

/** Records with the same uuid, of which the address must say whose is meant. */
export function RecordChoice(props: Props) {
  const { title, description, breadcrumbs, options, hrefOf, unnamed } = props
  return (
    <>
      <PageHeader title={title} breadcrumbs={breadcrumbs} description={description} />
      <ul aria-label="Companies" className="overflow-hidden rounded-lg border bg-surface">
        {options.map((option) => (
          <li key={option.companyUuid} className="border-b px-4 py-2.5 last:border-b-0">
            <Link
              href={hrefOf(option)}
              prefetch={false}
              className="text-sm text-accent underline-offset-2 hover:underline"
            >
              <bdi className="line-clamp-1">{visibleText(option.name) ?? unnamed}</bdi>
            </Link>
            <p className="text-xs break-all text-muted">
              Company <bdi>{option.companyUuid}</bdi>
            </p>
          </li>
        ))}
      </ul>
    </>
  )
}
