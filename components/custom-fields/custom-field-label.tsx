import { visibleText } from '@/components/partnerships/visible-text'

/** A field's label; its id where nobody could see a label. */
export function CustomFieldLabel({ label, uuid }: { label: string | null; uuid: string }) {
  const visible = visibleText(label)
  if (visible !== null) return <bdi>{visible}</bdi>
  return (
    <span className="font-mono text-xs text-muted">
      <bdi>{uuid}</bdi>
    </span>
  )
}
