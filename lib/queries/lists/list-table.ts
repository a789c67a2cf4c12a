import type { Prisma } from '@/lib/db'
import type { ListName } from '@/lib/list-view/list-view'

/** The table that a list shows the rows of. In all SQL of a list its row is called `r`. */
export type ListTable = {
  name: ListName
  table: Prisma.Sql
  /** The columns of its primary key. */
  ids: readonly string[]
  /** Whose custom fields its rows have. */
  owner: 'partnership' | 'contact' | null
  /** SQL for those of its rows that anybody may see; null for all. */
  shown: Prisma.Sql | null
}
