import { CopyButton } from '@/components/ui/copy-button'
import { visibleText } from './visible-text'

type Props = {
  text: string | null
  /** What a button beside it copies; without it there is none. */
  copy?: string
}

/** A value of a profile: cut off after six lines; an em dash when there is none. */
export function ProfileText({ text, copy }: Props) {
  const visible = visibleText(text)
  if (visible === null) return <span className="text-muted">—</span>
  return (
    <span className="flex items-start gap-1">
      <bdi className="line-clamp-6 min-w-0 break-words">{visible}</bdi>
      {copy && (
        <span className="-my-1 shrink-0">
          <CopyButton text={visible} label={copy} />
        </span>
      )}
    </span>
  )
}
