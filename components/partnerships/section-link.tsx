import Link from 'next/link'

/** "Show all" in a section's header. */
export function SectionLink({ href, children }: { href: string; children: React.ReactNode }) {
  return (
    <Link
      href={href}
      prefetch={false}
      className="rounded py-1 text-xs text-accent underline-offset-2 hover:underline"
    >
      {children}
    </Link>
  )
}
