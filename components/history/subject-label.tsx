import Link from 'next/link'
import { customFieldHref } from '@/components/addresses'
import { visibleText } from '@/components/partnerships/visible-text'
import { columnLabel } from './column-label'

type Props = {
  companyUuid: string
  subject: { column: string } | { fieldUuid: string; label: string | null; aspect?: string }
}

const ASPECTS: Record<string, string> = { label: 'label', type: 'type' }

/** What a line of a diff is about; a custom field leads to its page. */
export function SubjectLabel({ companyUuid, subject }: Props) {
  if ('column' in subject) return <>{columnLabel(subject.column)}</>
  const aspect = subject.aspect && ASPECTS[subject.aspect]
  return (
    <>
      <Link
        href={customFieldHref({ companyUuid, uuid: subject.fieldUuid })}
        prefetch={false}
        className="underline-offset-2 hover:text-foreground hover:underline"
      >
        <bdi>{visibleText(subject.label) ?? 'Unnamed field'}</bdi>
      </Link>
      {aspect && ` (${aspect})`}
    </>
  )
}
