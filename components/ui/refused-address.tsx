import Link from 'next/link'
import { Button } from './button'
import { ErrorState } from './error-state'

type Props = { reason: string; href: string; linkText?: string }

/** Shown for an address that Waggle refuses instead of guessing: why, and a way on. */
export function RefusedAddress({ reason, href, linkText = 'Show all' }: Props) {
  return (
    <ErrorState
      title="This address can't be shown"
      description={reason}
      actions={
        <Button asChild>
          <Link href={href}>{linkText}</Link>
        </Button>
      }
    />
  )
}
