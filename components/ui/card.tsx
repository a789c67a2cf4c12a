import { clsx } from 'clsx'

export function Card({ className, ...rest }: React.ComponentProps<'section'>) {
  return (
    <section
      className={clsx('min-w-0 overflow-hidden rounded-lg border bg-surface', className)}
      {...rest}
    />
  )
}

/** Title on the left, actions on the right. */
export function CardHeader({ className, ...rest }: React.ComponentProps<'div'>) {
  return (
    <div
      className={clsx(
        'flex min-h-11 flex-wrap items-center justify-between gap-x-4 gap-y-1 border-b px-4 py-2',
        className,
      )}
      {...rest}
    />
  )
}

export function CardTitle({ className, ...rest }: React.ComponentProps<'h2'>) {
  return <h2 className={clsx('text-sm font-medium', className)} {...rest} />
}

/** `flush` leaves the padding to what is inside: a table, a list. */
export function CardBody({
  className,
  flush = false,
  ...rest
}: React.ComponentProps<'div'> & { flush?: boolean }) {
  return <div className={clsx(!flush && 'p-4', className)} {...rest} />
}
