import { visibleText } from '@/components/partnerships/visible-text'
import { Badge } from '@/components/ui/badge'
import type { Tag } from '@/lib/queries/read-tags'
import { tagColors } from './tag-colors'

type Props = {
  tags: Tag[]
  /** How many there are; `tags` may be only the first of them. */
  count: number
  /** In a table: the first one on one line, and how many more. */
  compact?: boolean
}

/** A contact's tags in the colours that they were given. */
export function TagList({ tags, count, compact = false }: Props) {
  if (count === 0) return <span className="text-muted">—</span>
  const shown = compact ? tags.slice(0, 1) : tags
  return (
    <ul className={compact ? 'flex items-center gap-1' : 'flex flex-wrap gap-1'}>
      {shown.map((tag, index) => (
        <li key={index} className="flex max-w-full min-w-0">
          <TagBadge tag={tag} />
        </li>
      ))}
      {count > shown.length && (
        <li className="shrink-0 text-xs leading-5 whitespace-nowrap text-muted">
          +{count - shown.length}
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
