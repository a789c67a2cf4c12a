import { requireUser } from '@/lib/auth/current-user'
import { EVERY_EVENT } from '@/lib/event-filter/event-filter'
import { countEvents } from './count-events'
import type { BoundedCount } from './count-up-to'
import { listEvents, type EventRow } from './list-events'

// Nobody needs to know whether 40,000 or 50,000 events failed to see that they did.
const MAX_COUNTED = 1_000

/** Events that need a person's eye. */
export type Troubles = { failed: BoundedCount; invalid: BoundedCount; newest: EventRow[] }

const SHOWN = 5

/**
 * The newest events that failed or did not fit their schema, and how many there are of each.
 *
 * @throws UnauthenticatedError without a signed-in user.
 */
export async function listTroubles(): Promise<Troubles> {
  await requireUser()
  const [failed, invalid, failedPage, invalidPage] = await Promise.all([
    countEvents('failed', MAX_COUNTED),
    countEvents('invalid', MAX_COUNTED),
    listEvents({ ...EVERY_EVENT, statuses: ['failed'] }, {}, SHOWN),
    listEvents({ ...EVERY_EVENT, statuses: ['invalid'] }, {}, SHOWN),
  ])
  const newest = [...failedPage.rows, ...invalidPage.rows]
    .sort((a, b) => (BigInt(a.seq) < BigInt(b.seq) ? 1 : -1))
    .slice(0, SHOWN)
  return { failed, invalid, newest }
}
