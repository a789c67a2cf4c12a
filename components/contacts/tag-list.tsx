import { visibleText } from '@/components/partnerships/visible-text'
import { Badge } from '@/components/ui/badge'
import type { Tag } from '@/lib/queries/read-tags'
import { tagColors } from './tag-colors'

type Props = {
  tags: Tag[]
  /** How many there are; `tags` may be only the first of them. */
  count: number
  /** On one line, cut off. */
  compact?: boolean
}

/** A contact's tags in the colours that they were given. */
export function TagList({ tags, count, compact = false }: Props) {
  if (count === 0) return <span className="text-muted">—</span>
  return (
    <ul className={compact ? 'flex gap-1' : 'flex flex-wrap gap-1'}>
      {tags.map((tag, index) => (
        <li key={index} className={compact ? 'flex max-w-28 min-w-0' : 'flex max-w-full min-w-0'}>
          <TagBadge tag={tag} />
        </li>
      ))}
      {count > tags.length && (
        <li className="text-xs leading-5 text-muted">
          +{count - tags.length}
          <span className="sr-only"> more</span>
        </li>
      )}
    </ul>
  )
}

function TagBadge({ tag }: { tag: Tag }) {
  const label = visibleText(tag.label)
  return (
    <Badge
      style={tagColors(tag.backgroundColor, tag.textColor) ?? undefined}
      title={label ?? undefined}
    >
      <bdi className="line-clamp-1 break-all">{label ?? 'Unnamed tag'}</bdi>
    </Badge>
  )
}
