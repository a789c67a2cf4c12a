import { SearchX } from 'lucide-react'
import Link from 'next/link'
import { Button } from './button'
import { EmptyState } from './empty-state'

type Props = {
  /** In a few words, for those who go from heading to heading. */
  heading: string
  title: string
  description: string
  href: string
  linkText: string
}

/** The whole of a page whose address is well-formed and leads to nothing: what may be the cause, and a way on. */
export function NothingHere({ heading, title, description, href, linkText }: Props) {
  return (
    <div className="rounded-lg border bg-surface">
      <h1 className="sr-only">{heading}</h1>
      <EmptyState
        icon={<SearchX />}
        title={title}
        description={description}
        actions={
          <Button asChild>
            <Link href={href}>{linkText}</Link>
          </Button>
        }
      />
    </div>
  )
}
