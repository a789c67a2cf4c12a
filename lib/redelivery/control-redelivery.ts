import { requireUser } from '@/lib/auth/current-user'
import { db } from '@/lib/db'
import { isUuid } from '@/lib/is-uuid'
import { RedeliveryError } from './redelivery-error'

export const RUN_ORDERS = ['pause', 'resume', 'cancel'] as const
export type RunOrder = (typeof RUN_ORDERS)[number]

const MEANING = {
  pause: { from: ['running'], to: 'paused' },
  resume: { from: ['paused'], to: 'running' },
  cancel: { from: ['running', 'paused'], to: 'cancelled' },
} as const

/**
 * Pauses, resumes or cancels a run. What is being sent at that moment is heard out; nothing more begins.
 *
 * @throws RedeliveryError when there is no such run, or it is not in a state for it.
 * @throws UnauthenticatedError without a signed-in user.
 */
export async function controlRedelivery(id: string, order: RunOrder): Promise<void> {
  await requireUser()
  if (!isUuid(id)) throw noRun()
  const { from, to } = MEANING[order]
  const { count } = await db().redeliveryRun.updateMany({
    where: { id, status: { in: [...from] } },
    data: { status: to, ...(to === 'cancelled' && { finishedAt: new Date() }) },
  })
  if (count > 0) return
  const run = await db().redeliveryRun.findUnique({ where: { id }, select: { status: true } })
  if (!run) throw noRun()
  throw new RedeliveryError(`The run is ${run.status} by now.`)
}

export function noRun(): RedeliveryError {
  return new RedeliveryError('There is no such run.')
}
