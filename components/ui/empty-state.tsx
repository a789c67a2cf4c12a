type Props = {
  title: string
  description?: React.ReactNode
  icon?: React.ReactNode
  actions?: React.ReactNode
}

export function EmptyState({ title, description, icon, actions }: Props) {
  return (
    <div className="flex flex-col items-center px-6 py-12 text-center">
      {icon && (
        <div
          aria-hidden
          className="mb-3 flex size-10 items-center justify-center rounded-lg border bg-subtle text-muted [&_svg]:size-5"
        >
          {icon}
        </div>
      )}
      <p className="font-medium">{title}</p>
      {description && <div className="mt-1 max-w-prose text-sm text-muted">{description}</div>}
      {actions && <div className="mt-4 flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  )
}
