import { requireUser } from '@/lib/auth/current-user'
import { db } from '@/lib/db'
import { listEvents, type EventRow } from './list-events'

/** Counting stops here: nobody needs to know whether 40,000 or 50,000 events failed to see that they did. */
export const MAX_COUNTED = 1_000

/** Events that need a person's eye. A count of MAX_COUNTED + 1 means more than MAX_COUNTED. */
export type Troubles = { failed: number; invalid: number; newest: EventRow[] }

const SHOWN = 5

/**
 * The newest events that failed or did not fit their schema, and how many there are of each.
 *
 * @throws UnauthenticatedError without a signed-in user.
 */
export async function listTroubles(): Promise<Troubles> {
  await requireUser()
  const [failed, invalid, failedPage, invalidPage] = await Promise.all([
    count('failed'),
    count('invalid'),
    listEvents({ status: 'failed' }, {}, SHOWN),
    listEvents({ status: 'invalid' }, {}, SHOWN),
  ])
  const newest = [...failedPage.rows, ...invalidPage.rows]
    .sort((a, b) => (BigInt(a.seq) < BigInt(b.seq) ? 1 : -1))
    .slice(0, SHOWN)
  return { failed, invalid, newest }
}

async function count(status: 'failed' | 'invalid'): Promise<number> {
  const [row] = await db().$queryRaw<{ count: bigint }[]>`
    SELECT count(*) FROM (
      SELECT 1 FROM webhook_event WHERE status = ${status}::event_status LIMIT ${MAX_COUNTED + 1}
    ) counted`
  return Number(row?.count)
}
