import { Prisma, type Transaction } from '@/lib/db'
import type { RowDifference } from '@/lib/read-model/compare-tables'
import type { ReadModelTable } from '@/lib/read-model/read-model-tables'

// A subject with more events than this is a matter for a rebuild.
const MOST_EVENTS = 1_000

const SUBJECT_COLUMNS: Partial<Record<ReadModelTable, string>> = {
  partnership: 'partnership_uuid',
  contact: 'contact_uuid',
  room: 'room_uuid',
  message: 'message_uuid',
}

/**
 * Adds all events of the subject to those that would put a row right, where the latest one is not enough: of a
 * row that is missing, or that has forgotten since when it is known, earlier events know more.
 */
export async function withSubjects(
  tx: Transaction,
  differences: RowDifference[],
): Promise<RowDifference[]> {
  const completed: RowDifference[] = []
  for (const difference of differences) {
    const column = SUBJECT_COLUMNS[difference.table]
    const isPartial =
      difference.kind === 'added' || difference.fields.some(({ name }) => name === 'first_event_at')
    completed.push(
      column && isPartial ? await withSubject(tx, difference, Prisma.raw(column)) : difference,
    )
  }
  return completed
}

async function withSubject(
  tx: Transaction,
  difference: RowDifference,
  column: Prisma.Sql,
): Promise<RowDifference> {
  const { company_uuid, uuid } = difference.key
  const rows = await tx.$queryRaw<{ seq: bigint }[]>`
    SELECT e.seq FROM webhook_event e
    WHERE e.company_uuid = ${company_uuid} AND e.${column} = ${uuid}
      AND e.status NOT IN ('pending', 'duplicate')
    ORDER BY e.seq LIMIT ${MOST_EVENTS}`
  return { ...difference, seqs: [...new Set([...difference.seqs, ...rows.map(({ seq }) => seq)])] }
}
