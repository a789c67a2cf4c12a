type Props = React.ComponentProps<'a'> & { href: string; 'data-row-link'?: '' }

/**
 * A link to another page in a table's cell. `GridRows` follows it: fifty of Next's own would be a tenth of what the page
 * takes to draw.
 */
export function CellLink(props: Props) {
  return <a data-page-link="" {...props} />
}
