import { ChevronRight } from 'lucide-react'
import Link from 'next/link'

export type Breadcrumb = { label: React.ReactNode; href?: string }

type Props = {
  title: React.ReactNode
  /** The way here, without the page itself. */
  breadcrumbs?: Breadcrumb[]
  description?: React.ReactNode
  actions?: React.ReactNode
}

export function PageHeader({ title, breadcrumbs = [], description, actions }: Props) {
  return (
    <header className="mb-4">
      {breadcrumbs.length > 0 && (
        <nav aria-label="Breadcrumb" className="mb-1">
          <ol className="flex flex-wrap items-center gap-1 text-xs text-muted">
            {breadcrumbs.map((crumb, index) => (
              <li key={index} className="flex items-center gap-1">
                {crumb.href ? (
                  <Link
                    href={crumb.href}
                    prefetch={false}
                    className="rounded py-1 underline-offset-2 hover:text-foreground hover:underline"
                  >
                    {crumb.label}
                  </Link>
                ) : (
                  crumb.label
                )}
                {index < breadcrumbs.length - 1 && <ChevronRight aria-hidden className="size-3" />}
              </li>
            ))}
          </ol>
        </nav>
      )}
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-0">
          <h1 className="line-clamp-3 text-xl font-semibold tracking-tight">{title}</h1>
          {description && <div className="mt-0.5 text-sm text-muted">{description}</div>}
        </div>
        {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </div>
    </header>
  )
}
