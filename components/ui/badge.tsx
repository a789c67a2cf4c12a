import { cva, type VariantProps } from 'class-variance-authority'

const badgeStyle = cva(
  'inline-flex max-w-64 items-center gap-1 rounded wrap-break-word px-1.5 py-px text-xs font-medium [&_svg]:size-3',
  {
    variants: {
      tone: {
        neutral: 'bg-subtle text-muted ring-1 ring-border ring-inset',
        accent: 'bg-accent-subtle text-accent',
        green: 'bg-success-subtle text-success',
        red: 'bg-danger-subtle text-danger',
        amber: 'bg-warning-subtle text-warning',
        blue: 'bg-info-subtle text-info',
      },
    },
    defaultVariants: { tone: 'neutral' },
  },
)

export type BadgeTone = NonNullable<VariantProps<typeof badgeStyle>['tone']>

export function Badge({
  tone,
  className,
  ...rest
}: React.ComponentProps<'span'> & { tone?: BadgeTone }) {
  return <span className={badgeStyle({ tone, className })} {...rest} />
}
