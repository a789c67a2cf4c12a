import { requireUser } from '@/lib/auth/current-user'
import { db, Prisma } from '@/lib/db'
import { countUpTo, type BoundedCount } from './count-up-to'
import { keptAnswer } from './kept-answer'

const MAX_ROWS = 100_000

/** How much there is of everything. `events` counts every authentic delivery ever stored. */
export type Totals = Record<
  'partnerships' | 'contacts' | 'rooms' | 'messages' | 'events',
  BoundedCount
>

/**
 * The totals of the overview: rows are counted, and the counters that are kept anyway (messages a room,
 * deliveries an hour) added up, of each table at most 100,000 rows; beyond them a total is "at least".
 *
 * @throws UnauthenticatedError without a signed-in user.
 */
export async function countTotals(): Promise<Totals> {
  await requireUser()
  const [partnerships, contacts, rooms, messages, events] = await Promise.all([
    countUpTo(MAX_ROWS, Prisma.sql`SELECT 1 FROM partnership`),
    countUpTo(MAX_ROWS, Prisma.sql`SELECT 1 FROM contact`),
    countUpTo(MAX_ROWS, Prisma.sql`SELECT 1 FROM room`),
    sumUpTo(Prisma.sql`SELECT message_count AS count FROM room`),
    sumUpTo(Prisma.sql`SELECT count FROM event_tally ORDER BY hour DESC`),
  ])
  return { partnerships, contacts, rooms, messages, events }
}

/**
 * The totals as anybody who looks at the overview sees them. However many look and however long counting
 * takes, it is done a hundredth of the time at most.
 *
 * @throws UnauthenticatedError without a signed-in user.
 */
export async function recentTotals(): Promise<Totals> {
  await requireUser()
  return totals()
}

const totals = keptAnswer(countTotals)

async function sumUpTo(counters: Prisma.Sql): Promise<BoundedCount> {
  const [found] = await db().$queryRaw<{ sum: bigint; rows: number }[]>`
    SELECT coalesce(sum(count) FILTER (WHERE row <= ${MAX_ROWS}), 0)::bigint AS sum,
      count(*)::int AS rows
    FROM (SELECT count, row_number() OVER () AS row FROM (
      ${counters} LIMIT ${MAX_ROWS + 1}) counters) numbered`
  return { count: Number(found?.sum ?? 0), exact: (found?.rows ?? 0) <= MAX_ROWS }
}
