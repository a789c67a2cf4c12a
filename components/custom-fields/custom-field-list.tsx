import Link from 'next/link'
import { customFieldHref } from '@/components/addresses'
import type { CustomFieldValueItem } from '@/lib/queries/list-custom-field-values'
import { CustomFieldValue } from './custom-field-value'

type Props = { companyUuid: string; values: CustomFieldValueItem[]; more: boolean }

/** The custom fields of one owner beside their values, in the order of the snapshot. */
export function CustomFieldList({ companyUuid, values, more }: Props) {
  return (
    <>
      <dl className="text-sm">
        {values.map((value) => (
          <div
            key={value.fieldUuid}
            className="grid grid-cols-[minmax(6rem,30%)_minmax(0,1fr)] gap-x-4 border-b px-4 py-2 last:border-b-0"
          >
            <dt className="min-w-0 text-muted">
              <Link
                href={customFieldHref({ companyUuid, uuid: value.fieldUuid })}
                prefetch={false}
                className="line-clamp-2 underline-offset-2 hover:text-foreground hover:underline"
              >
                <bdi>{value.label?.trim() || 'Unnamed field'}</bdi>
              </Link>
            </dt>
            <dd className="min-w-0">
              <CustomFieldValue value={value} />
            </dd>
          </div>
        ))}
      </dl>
      {more && (
        <p className="border-t px-4 py-2 text-xs text-muted">
          Only the first {values.length} fields are shown.
        </p>
      )}
    </>
  )
}
