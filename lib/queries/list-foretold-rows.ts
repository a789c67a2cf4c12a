import { requireUser } from '@/lib/auth/current-user'
import { db } from '@/lib/db'
import { InvalidAddressError } from '@/lib/errors'
import type { ReplayChangeKind } from '@/lib/generated/prisma/enums'
import { decodeCursor, toPage, type Page, type PagePosition } from '@/lib/pagination'
import { isEventId } from '@/lib/schemas/is-event-id'

/** A row of the read model that would be another. */
export type ForetoldRow = {
  number: number
  table: string
  companyUuid: string
  /** The rest of the row's key, in one text. */
  subject: string
  kind: ReplayChangeKind
  fields: { name: string; before: unknown; after: unknown }[]
}

const PAGE = 25

/**
 * A page of the rows that a dry run has foretold, by table and key.
 *
 * @param table Only those of this table; undefined for all.
 * @throws UnauthenticatedError without a signed-in user.
 * @throws InvalidAddressError when the position is not one of this list's.
 */
export async function listForetoldRows(
  runId: string,
  table: string | undefined,
  position: PagePosition,
): Promise<Page<ForetoldRow>> {
  await requireUser()
  if (!isEventId(runId)) return { rows: [], nextCursor: null, previousCursor: null }
  const cursor = position.after ?? position.before
  const number = cursor === undefined ? undefined : decodeCursor(cursor, 1)[0]
  if (number !== undefined && !Number.isInteger(number)) {
    throw new InvalidAddressError('The page in this address does not exist.')
  }
  const forward = position.before === undefined
  const rows = await db().replayChange.findMany({
    where: {
      runId,
      tableName: table,
      number: number === undefined ? undefined : { [forward ? 'gt' : 'lt']: number },
    },
    orderBy: { number: forward ? 'asc' : 'desc' },
    take: PAGE + 1,
  })
  return toPage(rows.map(toForetold), position, (row) => [row.number], PAGE)
}

function toForetold(row: {
  number: number
  tableName: string
  companyUuid: string
  key: unknown
  kind: ReplayChangeKind
  fields: unknown
}): ForetoldRow {
  const rest = Object.entries(row.key as Record<string, string>).filter(
    ([name]) => name !== 'company_uuid',
  )
  return {
    number: row.number,
    table: row.tableName,
    companyUuid: row.companyUuid,
    subject: rest.map(([, value]) => value).join(' · '),
    kind: row.kind,
    fields: row.fields as ForetoldRow['fields'],
  }
}
