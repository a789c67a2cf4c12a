/**
 * What a row's first cell holds: the link to what the row is about, which "j" and "k" go through. Like all links of
 * cells it is followed by `GridRows`: fifty of Next's own would be a tenth of what the page takes to draw.
 */
export function RowLink({ href, children }: { href: string; children: React.ReactNode }) {
  return (
    <a
      href={href}
      data-row-link=""
      data-page-link=""
      className="block min-w-0 rounded-sm font-medium underline-offset-2 outline-none group-focus-within/row:underline hover:underline"
    >
      {children}
    </a>
  )
}
