import { uuidv7 } from 'uuidv7'
import { requireUser } from '@/lib/auth/current-user'
import { db, Prisma } from '@/lib/db'
import type { EventFilter, FixedEventFilter } from '@/lib/event-filter/event-filter'
import { eventFilterJson } from '@/lib/event-filter/event-filter-json'
import { fixTimes } from '@/lib/event-filter/fix-times'
import { countQuickly } from '@/lib/event-log/count-quickly'
import { eventCondition } from '@/lib/event-log/event-condition'
import { env } from '@/lib/env'
import { isUuid } from '@/lib/is-uuid'
import { isSealedWith, SECRET_UNREADABLE } from '@/lib/secret-box'
import { RedeliveryError } from './redelivery-error'
import { noDestination } from './write-destinations'

/**
 * Orders what matches a filter now to be sent to a destination. What arrives later is not part of it. It is
 * sent by whichever process runs the worker.
 *
 * @returns the run's id.
 * @throws RedeliveryError when there is no such destination, it is disabled, its secret can't be read with the key of
 *   this process, or nothing matches.
 * @throws UnauthenticatedError without a signed-in user.
 */
export async function startRedelivery(destinationId: string, filter: EventFilter): Promise<string> {
  const { email } = await requireUser()
  if (!isUuid(destinationId)) throw noDestination()
  const destination = await db().destination.findUnique({
    where: { id: destinationId },
    select: { enabled: true, keyFingerprint: true },
  })
  if (!destination) throw noDestination()
  if (!destination.enabled) {
    throw new RedeliveryError(
      'This destination is disabled: nothing is sent to it. Enable it first.',
    )
  }
  if (!isSealedWith(env().ENCRYPTION_KEY, destination.keyFingerprint)) {
    throw new RedeliveryError(SECRET_UNREADABLE)
  }
  const fixed = fixTimes(filter, new Date())
  const places = await placesOf(fixed)
  // Where that can't be told in time, the run finds out.
  const found = await countQuickly(eventCondition(fixed), 1)
  if (!places || found?.count === 0) {
    throw new RedeliveryError('No event matches: there is nothing to send.')
  }
  const run = await db().redeliveryRun.create({
    data: {
      id: uuidv7(),
      destinationId,
      actor: email,
      filter: eventFilterJson(fixed),
      cursorSeq: places.first - 1n,
      upperSeq: places.last,
    },
    select: { id: true },
  })
  return run.id
}

// Which part of the log is gone through: all that there is now, and of a selection what lies between its ends.
async function placesOf(filter: FixedEventFilter): Promise<{ first: bigint; last: bigint } | null> {
  const chosen = filter.ids.length > 0 ? eventCondition(filter) : Prisma.sql`TRUE`
  const [row] = await db().$queryRaw<{ first: bigint | null; last: bigint | null }[]>`
    SELECT min(e.seq) AS first, max(e.seq) AS last FROM webhook_event e WHERE ${chosen}`
  return row?.first == null || row.last == null ? null : { first: row.first, last: row.last }
}
