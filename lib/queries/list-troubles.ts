import { requireUser } from '@/lib/auth/current-user'
import { EVERY_EVENT } from '@/lib/event-filter/event-filter'
import { db } from '@/lib/db'
import { countEvents } from './count-events'
import type { BoundedCount } from './count-up-to'
import { listEvents, type EventRow } from './list-events'

// Nobody needs to know whether 40,000 or 50,000 events failed to see that they did.
const MAX_COUNTED = 1_000

/** A check of parity in which rows differed from the log. */
export type OpenDifferences = { runId: string; rows: number; foundAt: Date }

/** What needs a person's eye. */
export type Troubles = {
  failed: BoundedCount
  invalid: BoundedCount
  newest: EventRow[]
  /** What the latest check found; null when that was nothing, or the read model was rebuilt since. */
  differences: OpenDifferences | null
}

const SHOWN = 5

/**
 * The newest events that failed or did not fit their schema, and how many there are of each; and whether the read
 * model was found to differ from the log.
 *
 * @throws UnauthenticatedError without a signed-in user.
 */
export async function listTroubles(): Promise<Troubles> {
  await requireUser()
  const [failed, invalid, failedPage, invalidPage, differences] = await Promise.all([
    countEvents('failed', MAX_COUNTED),
    countEvents('invalid', MAX_COUNTED),
    listEvents({ ...EVERY_EVENT, statuses: ['failed'] }, {}, SHOWN),
    listEvents({ ...EVERY_EVENT, statuses: ['invalid'] }, {}, SHOWN),
    findDifferences(),
  ])
  const newest = [...failedPage.rows, ...invalidPage.rows]
    .sort((a, b) => (BigInt(a.seq) < BigInt(b.seq) ? 1 : -1))
    .slice(0, SHOWN)
  return { failed, invalid, newest, differences }
}

async function findDifferences(): Promise<OpenDifferences | null> {
  const [latest] = await db().$queryRaw<OpenDifferences[]>`
    SELECT c.id::text AS "runId", (c.report ->> 'differences')::float8 AS rows,
      c.finished_at AS "foundAt"
    FROM (
      SELECT id, report, finished_at FROM replay_run
      WHERE kind = 'parity' AND status = 'finished'
      ORDER BY created_at DESC, id DESC LIMIT 1
    ) c
    WHERE NOT EXISTS (
      SELECT FROM replay_run r
      WHERE r.kind = 'rebuild' AND r.status = 'finished' AND r.finished_at > c.finished_at)`
  return latest && latest.rows > 0 ? latest : null
}
