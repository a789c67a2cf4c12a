import { db } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { isEventId } from '@/lib/schemas/is-event-id'
import { EVERY_ONE, insertRun } from '../create-run'
import { RunStatusError } from '../replay-run'

/** There is no finished check with this id. */
export class CheckNotFoundError extends AppError {
  constructor() {
    super('check_not_found', 'There is no finished check of parity with this id.')
  }
}

/**
 * Asks for a replay, or a dry run, of the events that put right the rows in which a check of parity found
 * differences. What no event has written, and rows whose version somebody has raised by hand, only a rebuild puts
 * right.
 *
 * @param checkId The check's id.
 * @param actor Who asks.
 * @returns The run's id.
 * @throws CheckNotFoundError, or RunStatusError where no event would put anything right.
 */
export async function repairDifferences(
  checkId: string,
  kind: 'replay' | 'dry_run',
  actor: string,
): Promise<string> {
  const check = isEventId(checkId)
    ? await db().replayRun.findFirst({
        where: { id: checkId, kind: 'parity', status: 'finished' },
        select: { upperSeq: true },
      })
    : null
  if (!check) throw new CheckNotFoundError()
  const events = await db().parityEvent.findFirst({
    where: { runId: checkId },
    select: { eventSeq: true },
  })
  if (!events) throw new RunStatusError('There is no event that would put right what it found.')
  return insertRun({ ...EVERY_ONE, kind, repairOfId: checkId, actor }, check.upperSeq)
}
