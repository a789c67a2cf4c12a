import { Prisma } from '@/lib/db'
import { builtIn, type ColumnDefinition } from './column-definition'
import type { ListTable } from './list-table'
import { textCondition, textKey, timeCondition } from './own-conditions'
import { ownSource } from './sort-source'

type Options = {
  shownByDefault?: boolean
  width?: number
  /** Whether an index holds its words, apart from those of the other columns. */
  words?: boolean
}

/**
 * What makes columns of a table's own texts and times: the key in addresses, the name that people see, and
 * the column in Postgres, which an index of the same expression must lead to.
 */
export function ownColumns(table: ListTable) {
  return {
    text(key: string, label: string, column: string, options: Options = {}): ColumnDefinition {
      const { words = false, ...more } = options
      const value = Prisma.raw(`r.${column}`)
      return builtIn({
        key,
        label,
        type: 'text',
        sort: ownSource(table, { kind: 'text', key: textKey(value), nullable: true }),
        condition: textCondition(value, !words),
        ...more,
      })
    },
    time(key: string, label: string, column: string, options: Options = {}): ColumnDefinition {
      const value = Prisma.raw(`r.${column}`)
      return builtIn({
        key,
        label,
        type: 'date',
        width: 120,
        sort: ownSource(table, { kind: 'time', key: value, nullable: false }),
        condition: timeCondition(value),
        ...options,
      })
    },
  }
}
