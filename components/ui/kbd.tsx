import { clsx } from 'clsx'

export function Kbd({ className, ...rest }: React.ComponentProps<'kbd'>) {
  return (
    <kbd
      className={clsx(
        'inline-flex h-5 min-w-5 shrink-0 items-center justify-center rounded border bg-subtle px-1 font-sans text-[0.6875rem] whitespace-nowrap text-muted',
        className,
      )}
      {...rest}
    />
  )
}
