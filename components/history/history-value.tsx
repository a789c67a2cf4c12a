import { CustomFieldValue } from '@/components/custom-fields/custom-field-value'
import type { ShownValue } from '@/lib/queries/shown-value'

/** A value of some moment; an em dash when there was none. */
export function HistoryValue({ value }: { value: ShownValue | null }) {
  if (value === null) return <span className="text-muted">—</span>
  if ('text' in value) return <Text text={value.text} />
  if (value.field.textValue) return <Text text={value.field.textValue} />
  return <CustomFieldValue value={value.field} compact />
}

function Text({ text }: { text: string }) {
  return (
    <span dir="auto" className="line-clamp-6 whitespace-pre-line">
      {text}
    </span>
  )
}
