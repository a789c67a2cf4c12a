import { clsx } from 'clsx'
import { visibleText } from './visible-text'

type Props = { text: string | null; className?: string }

/** One line of text from outside: isolated from what is around it, cut off, whole on hover. */
export function OutsideText({ text, className }: Props) {
  const visible = visibleText(text)
  if (visible === null) return <span className="text-muted">—</span>
  return (
    <bdi title={visible} className={clsx('line-clamp-1 text-left break-all', className)}>
      {visible}
    </bdi>
  )
}
