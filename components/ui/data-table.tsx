import { clsx } from 'clsx'
import Link from 'next/link'

export type Column<Row> = {
  key: string
  header: React.ReactNode
  cell: (row: Row) => React.ReactNode
  align?: 'start' | 'end' | 'center'
  /** A CSS width: "8rem", "20%". Without one the column takes what is left. */
  width?: string
  /** For its header and its cells: "md:max-xl:hidden" leaves a column out where there is less room. */
  className?: string
  /** Named for screen readers only: a column of buttons. */
  headerHidden?: boolean
  /** The order that the list is in, said to screen readers. */
  sorted?: 'ascending' | 'descending'
}

type Props<Row> = {
  columns: Column<Row>[]
  rows: Row[]
  rowKey: (row: Row) => string
  /** Makes the first column a link whose area is the whole row. Links and buttons in other cells still work. */
  rowHref?: (row: Row) => string | null | undefined
  /** Shown instead of the table when there are no rows. */
  empty?: React.ReactNode
  /** Names the table for screen readers. */
  caption: string
  /** Below it the table scrolls sideways inside its own frame. */
  minWidth?: string
}

const ALIGN = { start: 'text-start', end: 'text-end', center: 'text-center' }

/** A dense table, drawn on the server. */
export function DataTable<Row>(props: Props<Row>) {
  const { columns, rows, rowKey, rowHref, empty, caption, minWidth = '40rem' } = props
  if (rows.length === 0 && empty !== undefined) return <>{empty}</>
  return (
    <div
      className="relative max-md:overflow-x-auto"
      role="group"
      aria-label={caption}
      tabIndex={rowHref ? undefined : 0}
    >
      <table
        className="w-full min-w-(--table-min-width) border-separate border-spacing-0 text-sm md:min-w-0"
        style={{ '--table-min-width': minWidth } as React.CSSProperties}
      >
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th
                key={column.key}
                scope="col"
                aria-sort={column.sorted}
                style={{ width: column.width }}
                className={clsx(
                  'sticky top-0 z-10 h-8 border-b bg-subtle px-3 text-xs font-medium whitespace-nowrap text-muted first:ps-4 last:pe-4',
                  ALIGN[column.align ?? 'start'],
                  column.className,
                )}
              >
                {column.headerHidden ? (
                  <span className="sr-only">{column.header}</span>
                ) : (
                  column.header
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <TableRow key={rowKey(row)} row={row} columns={columns} href={rowHref?.(row)} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function TableRow<Row>(props: { row: Row; columns: Column<Row>[]; href?: string | null }) {
  const { row, columns, href } = props
  return (
    <tr className={clsx('group relative', href && 'focus-within:bg-subtle hover:bg-subtle')}>
      {columns.map((column, index) => (
        <td
          key={column.key}
          className={clsx(
            'h-9 border-b px-3 py-1.5 align-middle group-last:border-b-0 first:ps-4 last:pe-4',
            '[&_a:not([data-row-link])]:relative [&_a:not([data-row-link])]:z-1 [&_button]:relative [&_button]:z-1',
            ALIGN[column.align ?? 'start'],
            column.className,
          )}
        >
          {index === 0 && href ? (
            // Fifty rows in view would fetch fifty pages ahead.
            <Link
              href={href}
              prefetch={false}
              data-row-link=""
              className="font-medium outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-(--ring)"
            >
              {column.cell(row)}
            </Link>
          ) : (
            column.cell(row)
          )}
        </td>
      ))}
    </tr>
  )
}
