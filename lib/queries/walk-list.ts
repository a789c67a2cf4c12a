import { requireUser } from '@/lib/auth/current-user'
import { Prisma, type Transaction } from '@/lib/db'
import { endStatementsAfter } from '@/lib/end-statements-after'
import type { ListColumn } from '@/lib/list-view/list-column'
import type { ListName, ListView } from '@/lib/list-view/list-view'
import { ATTACHMENTS } from './list-attachments'
import { CONTACTS } from './list-contacts'
import { CUSTOM_FIELDS } from './list-custom-fields'
import { PARTNERSHIPS } from './list-partnerships'
import type { AttachmentRow } from './lists/attachment-rows'
import type { ContactRow } from './lists/contact-rows'
import type { CustomFieldRow } from './lists/custom-field-rows'
import { WHOLE } from './lists/extent'
import type { FieldValues } from './lists/field-values'
import { wholeOrder, type ListPlan } from './lists/find-keys'
import { conjunction, EVERY_ROW } from './lists/key-order'
import type { PartnershipRow } from './lists/partnership-rows'
import { planList } from './lists/plan-list'
import { correctionOf, readFullRows, type ReadableList } from './lists/read-list'
import { readOnly } from './lists/read-only'
import { rowChunks } from './lists/row-chunks'
import { withWholeLabels } from './lists/whole-labels'

const BATCH = 500
const BATCH_BYTES = 2 * 1024 * 1024
const MAX_TIME_MS = 30 * 60_000

/** The rows of each list, whole: no text in them is cut. */
export type ListRows = {
  partnerships: PartnershipRow
  contacts: ContactRow
  'custom-fields': CustomFieldRow
  attachments: AttachmentRow
}

/**
 * A part of a view's rows, and what holds for all of them: how many there are, and the list's columns. The labels
 * of those custom fields that the view shows are whole.
 */
export type ListBatch<Row> = {
  rows: (Row & { fields: FieldValues })[]
  total: number
  columns: ListColumn[]
}

const LISTS: { [List in ListName]: ReadableList<ListRows[List]> } = {
  partnerships: PARTNERSHIPS,
  contacts: CONTACTS,
  'custom-fields': CUSTOM_FIELDS,
  attachments: ATTACHMENTS,
}

/**
 * All rows of a view in its order, in batches of at most 500 and at most 2 MiB, or of a single row; the first
 * batch is there even when it is empty. All of it is of the moment of the first batch: `total` rows come,
 * whatever happens meanwhile. It holds a connection until it has been read to its end or left with `return`,
 * for half an hour at most.
 *
 * @throws UnauthenticatedError without a signed-in user.
 * @throws InvalidAddressError when the view can't be one of this list.
 */
export async function* walkList<List extends ListName>(
  name: List,
  view: ListView,
): AsyncGenerator<ListBatch<ListRows[List]>, void, void> {
  await requireUser()
  const list: ReadableList<ListRows[List]> = LISTS[name]
  const held = holdTransaction()
  try {
    const tx = await held.opened
    const planned = await planList(tx, list.definition, view)
    const { literal } = planned
    const columns = await withWholeLabels(tx, planned)
    const found = await countAll(tx, literal)
    const correction = await correctionOf(tx, planned, { count: found, exact: true })
    const plan = correction ? planned.searchingFor(correction.condition) : literal
    const total = plan === literal ? found : await countAll(tx, plan)
    await openCursor(tx, plan)
    for (let read = 0; ;) {
      const keys = await tx.$queryRaw<Record<string, string>[]>(
        Prisma.raw(`FETCH ${BATCH} FROM walked`),
      )
      const { ids: names } = plan.table
      const ids = keys.map((key) => names.map((id) => key[id] ?? ''))
      if (ids.length === 0 && read === 0) yield { rows: [], total, columns }
      for (const chunk of await rowChunks(tx, list, planned, ids, WHOLE, BATCH_BYTES)) {
        yield { rows: await readFullRows(tx, list, planned, chunk, WHOLE), total, columns }
      }
      read += ids.length
      if (ids.length < BATCH) return
    }
  } finally {
    await held.close()
  }
}

/** A transaction that lives until it is closed, for what does not fit into one function. */
function holdTransaction() {
  let open!: (tx: Transaction) => void
  let end!: () => void
  const given = new Promise<Transaction>((resolve) => (open = resolve))
  const ended = new Promise<void>((resolve) => (end = resolve))
  const run = readOnly(async (tx) => {
    // All rows may take longer than a page may.
    await endStatementsAfter(tx, MAX_TIME_MS)
    open(tx)
    await ended
  }, MAX_TIME_MS)
  return {
    opened: Promise.race([given, run.then(() => given)]),
    close: async () => {
      end()
      await run.catch(() => undefined)
    },
  }
}

async function countAll(tx: Transaction, { table, condition }: ListPlan): Promise<number> {
  const [found] = await tx.$queryRaw<{ count: bigint }[]>`
    SELECT count(*) AS count FROM ${table.table} r
    WHERE ${conjunction([EVERY_ROW, table.shown, condition])}`
  return Number(found?.count ?? 0)
}

async function openCursor(tx: Transaction, plan: ListPlan): Promise<void> {
  const { table, source, condition } = plan
  await tx.$executeRaw`
    DECLARE walked NO SCROLL CURSOR FOR
    SELECT ${Prisma.raw(table.ids.map((id) => `r.${id}`).join(', '))}
    FROM ${table.table} r ${source.join}
    WHERE ${conjunction([EVERY_ROW, table.shown, condition])} ORDER BY ${wholeOrder(plan)}`
}
