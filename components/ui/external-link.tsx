import { clsx } from 'clsx'
import { ArrowUpRight } from 'lucide-react'
import { webAddress } from './web-address'

type Props = {
  href: string | null | undefined
  children?: React.ReactNode
  className?: string
}

/** A link to an address from outside: a link only if it is http or https, else plain text. */
export function ExternalLink({ href, children, className }: Props) {
  const content = <bdi>{children ?? href}</bdi>
  const address = href ? webAddress(href) : null
  if (!address) return <span className={className}>{content}</span>
  return (
    <a
      href={address.href}
      target="_blank"
      rel="noopener noreferrer nofollow"
      className={clsx('text-accent underline-offset-2 hover:underline', className)}
    >
      {content}
      <ArrowUpRight aria-hidden className="ms-0.5 inline size-3 align-baseline" />
      <span className="sr-only"> (opens in a new tab)</span>
    </a>
  )
}
