import { Badge } from '@/components/ui/badge'
import { OutsideText } from '@/components/partnerships/outside-text'
import { CustomFieldValue, type CustomFieldValueContent } from './custom-field-value'

// One line never shows more.
const MAX_TEXT = 300
const MAX_OPTIONS = 6

/** A custom field's value in a cell of a list: one line of it. */
export function FieldCell({ value }: { value: CustomFieldValueContent | undefined }) {
  if (!value) return <span className="text-muted">—</span>
  if (value.textValue) return <OutsideText text={value.textValue.slice(0, MAX_TEXT)} />
  if (value.optionLabels.length > 0) return <Labels labels={value.optionLabels} />
  return (
    <div className="line-clamp-1">
      <CustomFieldValue value={value} compact />
    </div>
  )
}

function Labels({ labels }: { labels: string[] }) {
  return (
    <ul className="flex min-w-0 gap-1 overflow-hidden" title={labels.join(', ').slice(0, 1_000)}>
      {labels.slice(0, MAX_OPTIONS).map((label, index) => (
        <li key={index} className="flex shrink-0">
          <Badge className="max-w-40 min-w-0">
            <bdi className="min-w-0 truncate">{label}</bdi>
          </Badge>
        </li>
      ))}
      {labels.length > MAX_OPTIONS && (
        <li className="shrink-0 text-xs text-muted">+{labels.length - MAX_OPTIONS}</li>
      )}
    </ul>
  )
}
