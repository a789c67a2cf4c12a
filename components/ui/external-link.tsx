import { clsx } from 'clsx'
import { ArrowUpRight } from 'lucide-react'

type Props = {
  href: string | null | undefined
  children?: React.ReactNode
  className?: string
}

/** A link to an address from outside: a link only if it is http or https, else plain text. */
export function ExternalLink({ href, children, className }: Props) {
  const content = <bdi>{children ?? href}</bdi>
  const address = href ? safeAddress(href) : null
  if (!address) return <span className={className}>{content}</span>
  return (
    <a
      href={address}
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

function safeAddress(text: string): string | null {
  if (!URL.canParse(text)) return null
  const url = new URL(text)
  if (!['http:', 'https:'].includes(url.protocol)) return null
  // "https://bank.example@evil.example/" reads as the one and leads to the other.
  if (url.username || url.password) return null
  return url.href
}
