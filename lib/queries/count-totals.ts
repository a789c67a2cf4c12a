import { requireUser } from '@/lib/auth/current-user'
import { db } from '@/lib/db'

/** How much there is of everything. `events` counts every authentic delivery ever stored. */
export type Totals = {
  partnerships: number
  contacts: number
  rooms: number
  messages: number
  events: number
}

/**
 * The totals of the overview: index-only counts of the read model, and sums of counters that are kept
 * anyway (messages a room, deliveries an hour), so that neither the log nor the messages are counted.
 *
 * @throws UnauthenticatedError without a signed-in user.
 */
export async function countTotals(): Promise<Totals> {
  await requireUser()
  const [totals] = await db().$queryRaw<Record<keyof Totals, bigint>[]>`
    SELECT (SELECT count(*) FROM partnership) AS partnerships,
           (SELECT count(*) FROM contact) AS contacts,
           (SELECT count(*) FROM room) AS rooms,
           (SELECT coalesce(sum(message_count), 0)::bigint FROM room) AS messages,
           (SELECT coalesce(sum(count), 0)::bigint FROM event_tally) AS events`
  return {
    partnerships: Number(totals?.partnerships),
    contacts: Number(totals?.contacts),
    rooms: Number(totals?.rooms),
    messages: Number(totals?.messages),
    events: Number(totals?.events),
  }
}
