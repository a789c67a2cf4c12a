import { requireUser } from '@/lib/auth/current-user'
import { db } from '@/lib/db'
import { InvalidAddressError } from '@/lib/errors'
import type { EventFilterJson } from '@/lib/event-filter/event-filter-json'
import { isUuid } from '@/lib/is-uuid'
import { decodeCursor, PAGE_SIZE, toPage, type Page, type PagePosition } from '@/lib/pagination'

/** A run of redelivery. While it is not `listed`, `total` grows. */
export type RedeliveryRow = {
  seq: string
  id: string
  destinationId: string
  destination: string
  actor: string
  filter: EventFilterJson
  status: 'running' | 'paused' | 'cancelled' | 'finished'
  listed: boolean
  total: number
  delivered: number
  dead: number
  /** Of those listed: whose message had been deleted by then. They are sent with what it said. */
  ofDeleted: number
  startedAt: Date
  finishedAt: Date | null
}

/** The largest that Postgres has, and no place of anything. */
export const MAX_BIGINT = 9_223_372_036_854_775_807n

const COLUMNS = {
  seq: true,
  id: true,
  destinationId: true,
  destination: { select: { name: true } },
  actor: true,
  filter: true,
  status: true,
  listed: true,
  total: true,
  delivered: true,
  dead: true,
  ofDeleted: true,
  startedAt: true,
  finishedAt: true,
} as const

/**
 * A page of runs, newest first, of all destinations or of one.
 *
 * @throws UnauthenticatedError without a signed-in user.
 * @throws InvalidAddressError when the position is not one of this list's.
 */
export async function listRedeliveries(
  position: PagePosition,
  destinationId?: string,
  pageSize: number = PAGE_SIZE,
): Promise<Page<RedeliveryRow>> {
  await requireUser()
  const { before, after } = position
  const seq =
    before !== undefined
      ? { gt: decodeSeq(before) }
      : { lt: after === undefined ? MAX_BIGINT : decodeSeq(after) }
  const found = await db().redeliveryRun.findMany({
    where: { seq, ...(destinationId !== undefined && { destinationId }) },
    orderBy: { seq: before !== undefined ? 'asc' : 'desc' },
    take: pageSize + 1,
    select: COLUMNS,
  })
  return toPage(found.map(toRow), position, (row) => [row.seq], pageSize)
}

/**
 * A run, with how many of its deliveries are where. Of a cancelled one nothing is retried: what is not under way any
 * more counts as waiting, for ever.
 */
export type RedeliveryDetail = RedeliveryRow & {
  waiting: number
  sending: number
  retrying: number
  /** When the earliest of those that failed is tried again. */
  nextTryAt: Date | null
}

/**
 * One run; null when there is none with this id.
 *
 * @throws UnauthenticatedError without a signed-in user.
 */
export async function findRedelivery(id: string): Promise<RedeliveryDetail | null> {
  await requireUser()
  if (!isUuid(id)) return null
  const found = await db().redeliveryRun.findUnique({ where: { id }, select: COLUMNS })
  if (!found) return null
  const row = toRow(found)
  const isOver = row.status === 'cancelled'
  const [counts] = await db().$queryRaw<
    { sending: number; retrying: number; nextTryAt: Date | null }[]
  >`
    SELECT count(*) FILTER (WHERE state = 'sending' AND (NOT ${isOver} OR next_attempt_at > now()))::int
        AS sending,
      count(*) FILTER (WHERE state = 'retrying' AND NOT ${isOver})::int AS retrying,
      min(next_attempt_at) FILTER (WHERE state = 'retrying' AND NOT ${isOver}) AS "nextTryAt"
    FROM delivery WHERE run_seq = ${found.seq} AND state IN ('sending', 'retrying')`
  const { sending = 0, retrying = 0, nextTryAt = null } = counts ?? {}
  const open = row.total - row.delivered - row.dead
  // Counted a moment later than the run was read.
  return { ...row, sending, retrying, nextTryAt, waiting: Math.max(0, open - sending - retrying) }
}

type Found = Omit<RedeliveryRow, 'seq' | 'destination' | 'filter'> & {
  seq: bigint
  destination: { name: string }
  filter: unknown
}

function toRow({ seq, destination, filter, ...row }: Found): RedeliveryRow {
  return {
    ...row,
    seq: seq.toString(),
    destination: destination.name,
    filter: filter as EventFilterJson,
  }
}

export function decodeSeq(cursor: string): bigint {
  const [key] = decodeCursor(cursor, 1)
  if (typeof key === 'string' && /^\d{1,19}$/.test(key) && BigInt(key) <= MAX_BIGINT) {
    return BigInt(key)
  }
  throw new InvalidAddressError('The page in this address does not exist.')
}
