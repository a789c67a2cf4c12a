import { CellLink } from './cell-link'

/** What a row's first cell holds: the link to what the row is about, which "j" and "k" go through. */
export function RowLink({ href, children }: { href: string; children: React.ReactNode }) {
  return (
    <CellLink
      href={href}
      data-row-link=""
      className="block min-w-0 rounded-sm font-medium underline-offset-2 outline-none group-focus-within/row:underline hover:underline"
    >
      {children}
    </CellLink>
  )
}
