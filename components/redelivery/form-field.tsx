export const FIELD =
  'mt-1 block h-8 w-full rounded-md border border-border-strong bg-background px-2.5 text-sm text-foreground'

/** A labelled input with a sentence below it. */
export function FormField(props: {
  name: string
  label: string
  hint?: React.ReactNode
  children: (described: {
    id: string
    'aria-describedby'?: string
    name: string
  }) => React.ReactNode
}) {
  const { name, label, hint, children } = props
  const id = `field-${name}`
  return (
    <div>
      <label htmlFor={id} className="block text-sm font-medium">
        {label}
      </label>
      {children({ id, name, 'aria-describedby': hint ? `${id}-hint` : undefined })}
      {hint && (
        <p id={`${id}-hint`} className="mt-1 text-xs text-muted">
          {hint}
        </p>
      )}
    </div>
  )
}
