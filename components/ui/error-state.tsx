import { TriangleAlert } from 'lucide-react'

type Props = { title: string; description?: React.ReactNode; actions?: React.ReactNode }

/** A refusal or a failure that somebody should read: an address that is wrong, a page that did not load. */
export function ErrorState({ title, description, actions }: Props) {
  return (
    <div
      role="alert"
      className="flex flex-col items-center rounded-lg border bg-surface px-6 py-12 text-center"
    >
      <div
        aria-hidden
        className="mb-3 flex size-10 items-center justify-center rounded-lg bg-danger-subtle text-danger"
      >
        <TriangleAlert className="size-5" />
      </div>
      <h1 className="text-lg font-medium">{title}</h1>
      {description && <div className="mt-1 max-w-prose text-sm text-muted">{description}</div>}
      {actions && <div className="mt-4 flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  )
}
