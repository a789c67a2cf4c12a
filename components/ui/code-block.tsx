import { clsx } from 'clsx'
import { CopyButton } from './copy-button'

type Props = {
  code: string
  /** What it is: names the region and the copy button. */
  label: string
  /** Wraps long lines instead of scrolling sideways. */
  wrap?: boolean
  className?: string
}

export function CodeBlock({ code, label, wrap = false, className }: Props) {
  return (
    <div className={clsx('relative rounded-md border bg-subtle', className)}>
      <pre
        tabIndex={0}
        role="group"
        aria-label={label}
        className={clsx(
          'max-h-[32rem] overflow-auto rounded-md p-3 pe-12 font-mono text-xs leading-5',
          wrap ? 'whitespace-pre-wrap' : 'break-normal [overflow-wrap:normal]',
        )}
      >
        <code>{code}</code>
      </pre>
      <div className="absolute end-2 top-2 rounded-md bg-subtle">
        <CopyButton text={code} label={label} />
      </div>
    </div>
  )
}
