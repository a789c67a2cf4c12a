import { cva, type VariantProps } from 'class-variance-authority'
import * as Slot from 'radix-ui/slot'

const buttonStyle = cva(
  'inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md border font-medium whitespace-nowrap transition-colors select-none disabled:opacity-50 aria-disabled:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0',
  {
    variants: {
      variant: {
        primary:
          'border-transparent bg-accent-solid text-accent-foreground not-disabled:hover:bg-accent-solid-hover',
        secondary: 'border-border bg-surface text-foreground not-disabled:hover:bg-subtle',
        ghost:
          'border-transparent text-muted not-disabled:hover:bg-subtle not-disabled:hover:text-foreground',
        danger: 'border-danger/40 bg-surface text-danger not-disabled:hover:bg-danger-subtle',
      },
      size: { sm: 'h-7 px-2.5 text-xs', md: 'h-8 px-3 text-sm' },
      square: { true: 'px-0', false: '' },
    },
    compoundVariants: [
      { square: true, size: 'sm', class: 'w-7' },
      { square: true, size: 'md', class: 'w-8' },
    ],
    defaultVariants: { variant: 'secondary', size: 'md', square: false },
  },
)

export type ButtonProps = React.ComponentProps<'button'> &
  VariantProps<typeof buttonStyle> & {
    /** Draws its one child (a link) as a button. */
    asChild?: boolean
  }

/** `square` is for a button that is only an icon: give it an aria-label. */
export function Button({
  variant,
  size,
  square,
  asChild,
  className,
  type = 'button',
  ...rest
}: ButtonProps) {
  const style = buttonStyle({ variant, size, square, className })
  if (asChild) return <Slot.Root className={style} {...rest} />
  return <button type={type} className={style} {...rest} />
}
