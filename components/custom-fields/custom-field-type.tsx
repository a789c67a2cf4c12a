import { Badge } from '@/components/ui/badge'

const TYPE_NAMES: Record<string, string> = {
  text: 'Text',
  textarea: 'Long text',
  number: 'Number',
  date: 'Date',
  boolean: 'Yes or no',
  select: 'One of a list',
  multi_select: 'Several of a list',
}

/** A type that Waggle does not know is shown as it was sent. */
export function CustomFieldType({ type }: { type: string }) {
  const name = Object.hasOwn(TYPE_NAMES, type) ? TYPE_NAMES[type] : undefined
  return (
    <Badge title={type}>
      <bdi>{name ?? type}</bdi>
    </Badge>
  )
}
