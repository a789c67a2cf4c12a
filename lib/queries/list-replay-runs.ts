import { requireUser } from '@/lib/auth/current-user'
import { db } from '@/lib/db'
import { InvalidAddressError } from '@/lib/errors'
import { PAGE_SIZE, toPage, type Page, type PagePosition } from '@/lib/pagination'
import { isEventId } from '@/lib/schemas/is-event-id'
import { describeRun, RUN_COLUMNS, type ReplayRunSummary } from './get-replay-run'
import { decodeTimeCursor, timeCursor } from './time-cursor'

export type ReplayRunRow = ReplayRunSummary

/**
 * A page of all runs, the newest first.
 *
 * @throws UnauthenticatedError without a signed-in user.
 * @throws InvalidAddressError when the position is not one of this list's.
 */
export async function listReplayRuns(position: PagePosition): Promise<Page<ReplayRunRow>> {
  await requireUser()
  const cursor = position.after ?? position.before
  const keys = cursor === undefined ? null : decodeTimeCursor(cursor, 1)
  const id = keys?.texts[0] ?? ''
  if (keys && !isEventId(id))
    throw new InvalidAddressError('The page in this address does not exist.')
  const forward = position.before === undefined
  const side = forward ? 'lt' : 'gt'
  const rows = await db().replayRun.findMany({
    where: keys
      ? { OR: [{ createdAt: { [side]: keys.time } }, { createdAt: keys.time, id: { [side]: id } }] }
      : {},
    orderBy: forward
      ? [{ createdAt: 'desc' }, { id: 'desc' }]
      : [{ createdAt: 'asc' }, { id: 'asc' }],
    take: PAGE_SIZE + 1,
    select: RUN_COLUMNS,
  })
  const now = new Date()
  return toPage(
    rows.map((row) => describeRun(row, now)),
    position,
    (row) => timeCursor(row.createdAt, row.id),
  )
}
