import { customFieldHref } from '@/components/addresses'
import type { GridRow } from '@/components/data-grid/grid-column'
import { RowLink } from '@/components/data-grid/row-link'
import { Badge } from '@/components/ui/badge'
import { Time } from '@/components/ui/time'
import { formatCount } from '@/lib/format'
import type { CustomFieldRow } from '@/lib/queries/lists/custom-field-rows'
import { CustomFieldLabel } from './custom-field-label'
import { CustomFieldType } from './custom-field-type'
import { FilledCount } from './filled-count'

/** The cells of a custom field in the list. */
export function customFieldCells(field: CustomFieldRow): GridRow['cells'] {
  return {
    name: (
      <RowLink href={customFieldHref(field)}>
        <span className="line-clamp-1 break-all">
          <CustomFieldLabel label={field.label} uuid={field.uuid} />
        </span>
      </RowLink>
    ),
    type: (
      <span className="block truncate">
        <CustomFieldType type={field.type} />
      </span>
    ),
    options: <FirstOptions field={field} />,
    partnerships: <FilledCount value={field.partnerships} />,
    contacts: <FilledCount value={field.contacts} />,
    firstSeen: <Time value={field.firstSeenAt} />,
    changed: <Time value={field.changedAt} />,
  }
}

function FirstOptions({ field }: { field: CustomFieldRow }) {
  if (field.optionCount === 0) return <span className="text-muted">—</span>
  const rest = field.optionCount - field.firstOptions.length
  return (
    <span className="flex min-w-0 items-center gap-1 overflow-hidden">
      {field.firstOptions.map((label, index) => (
        <Badge key={index} className="max-w-40 shrink-0">
          <bdi className="min-w-0 truncate">{label}</bdi>
        </Badge>
      ))}
      {rest > 0 && <span className="shrink-0 text-xs text-muted">+{formatCount(rest)}</span>}
    </span>
  )
}
