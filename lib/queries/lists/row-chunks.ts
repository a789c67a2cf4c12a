import type { Transaction } from '@/lib/db'
import type { Extent } from './extent'
import { fieldSizes } from './field-values'
import type { PlannedList } from './plan-list'
import type { ReadableList } from './read-list'

type Owned = { companyUuid: string; uuid: string }

/**
 * Parts ids of rows into runs whose rows have at most `limit` bytes together, or are a single one. Postgres
 * measures them, row by row: what does not fit into memory is never sent.
 */
export async function rowChunks<Row extends Owned>(
  tx: Transaction,
  { definition, rowsSql }: ReadableList<Row>,
  { shownFields }: PlannedList,
  ids: string[][],
  extent: Extent,
  limit: number,
): Promise<string[][][]> {
  if (ids.length === 0) return []
  const { owner } = definition.table
  const [found] = await tx.$queryRaw<{ sizes: number[] | null }[]>`
    SELECT array_agg(octet_length(row_to_json(x)::text)) AS sizes FROM (${rowsSql(ids, extent)}) x`
  const owners = ids.map(([companyUuid = '', uuid = '']) => ({ companyUuid, uuid }))
  const fields = owner ? await fieldSizes(tx, owner, owners, shownFields, extent) : null
  const sizes = ids.map((_, n) => (found?.sizes?.[n] ?? 0) + (fields?.[n] ?? 0))
  return chunksOf(ids, sizes, limit)
}

function chunksOf<Item>(items: Item[], sizes: number[], limit: number): Item[][] {
  const chunks: Item[][] = []
  let left = 0
  for (const [n, item] of items.entries()) {
    const size = sizes[n] ?? 0
    const last = chunks.at(-1)
    if (last && size <= left) last.push(item)
    else {
      chunks.push([item])
      left = limit
    }
    left -= size
  }
  return chunks
}
