import { CopyCheck } from 'lucide-react'
import Link from 'next/link'
import { duplicatesHref, partnershipHref } from '@/components/addresses'
import { PartnershipName } from '@/components/partnerships/partnership-name'
import type { DuplicateNotice as Notice } from '@/lib/queries/list-duplicates'
import { UniqueFieldName } from './unique-field-name'

const LINK = 'underline underline-offset-2'

/** On a partnership's page: others have the same value in the field that tells partners apart. */
export function DuplicateNotice({ notice: { field, others, more } }: { notice: Notice }) {
  return (
    <aside
      aria-label="Possible duplicates"
      className="mb-4 flex gap-2 rounded-lg border bg-warning-subtle px-4 py-3 text-sm text-warning"
    >
      <CopyCheck aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0">
        <p>
          {others.length === 1 ? 'Another partnership has' : 'Other partnerships have'} the same{' '}
          <UniqueFieldName field={field} />, by which this company tells partners apart:
        </p>
        <ul className="mt-1 flex flex-wrap gap-x-4 gap-y-1">
          {others.map((other) => (
            <li key={other.uuid} className="min-w-0">
              <Link href={partnershipHref(other)} prefetch={false} className={LINK}>
                {/* Two of one name are told apart by their ids. */}
                <span title={other.uuid}>
                  <PartnershipName name={other.name} className="line-clamp-1 break-all" />
                </span>
              </Link>
            </li>
          ))}
          <li>
            <Link href={duplicatesHref(field.companyUuid)} prefetch={false} className={LINK}>
              {more ? 'And more: all possible duplicates' : 'All possible duplicates'}
            </Link>
          </li>
        </ul>
      </div>
    </aside>
  )
}
