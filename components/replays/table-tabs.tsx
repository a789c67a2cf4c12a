import { listHref } from '@/components/addresses'
import { Tabs } from '@/components/ui/tabs'
import { formatCount } from '@/lib/format'
import { TABLE_NAMES } from './replay-names'

type Props = {
  path: string
  /** The tables with rows to show, and how many rows that are. */
  tables: { table: string; all: number }[]
  /** The one that is shown; undefined for all. */
  table: string | undefined
}

/** Tabs that lead to the rows of one table or of all; nothing where there is no choice. */
export function TableTabs({ path, tables, table }: Props) {
  if (tables.length < 2) return null
  const all = tables.reduce((sum, each) => sum + each.all, 0)
  return (
    <Tabs
      label="Tables"
      tabs={[
        { label: `All (${formatCount(all)})`, href: path, current: table === undefined },
        ...tables.map((each) => ({
          label: `${TABLE_NAMES[each.table] ?? each.table} (${formatCount(each.all)})`,
          href: listHref(path, { table: each.table }),
          current: table === each.table,
        })),
      ]}
    />
  )
}
