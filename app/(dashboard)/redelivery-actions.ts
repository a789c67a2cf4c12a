'use server'

import { refresh } from 'next/cache'
import { destinationHref, redeliveryHref } from '@/components/addresses'
import type { TestResult } from '@/components/redelivery/test-result'
import type { ActionResult } from '@/components/ui/action-result'
import { checkOrigin } from '@/lib/auth/check-origin'
import { requireUser } from '@/lib/auth/current-user'
import { AppError } from '@/lib/errors'
import { readEventQuery } from '@/lib/event-filter/read-event-filter'
import { log } from '@/lib/log'
import { controlRedelivery, RUN_ORDERS, type RunOrder } from '@/lib/redelivery/control-redelivery'
import { sendAgain } from '@/lib/redelivery/send-again'
import { startRedelivery } from '@/lib/redelivery/start-redelivery'
import { testDestination } from '@/lib/redelivery/test-destination'
import {
  createDestination,
  setDestinationEnabled,
  updateDestination,
} from '@/lib/redelivery/write-destinations'

// Whatever a browser sends reaches these: the types of the parameters are what Waggle's own pages send.

/** Keeps a destination: a new one without an id. */
export async function saveDestination(id: string | null, form: FormData): Promise<ActionResult> {
  return act(async () => {
    const fields = form instanceof FormData ? Object.fromEntries(form) : {}
    if (id === null) {
      const created = await createDestination(fields)
      return { message: 'The destination is kept.', href: destinationHref(created) }
    }
    await updateDestination(String(id), fields)
    return { message: 'Saved.' }
  })
}

/** Lets a destination be sent to, or not any more. */
export async function enableDestination(id: string, enabled: boolean): Promise<ActionResult> {
  return act(async () => {
    await setDestinationEnabled(String(id), enabled === true)
    return { message: enabled ? 'Enabled.' : 'Disabled: its runs wait.' }
  })
}

/** Sends a test event to a destination and tells what it answered. */
export async function sendTestEvent(id: string): Promise<TestResult> {
  let answer: Awaited<ReturnType<typeof testDestination>> | undefined
  const result = await act(async () => {
    answer = await testDestination(String(id))
    return {
      message: answer.errorMessage ?? `It answered ${answer.httpStatus}: delivered.`,
    }
  })
  if (!answer) return { ...result, ok: false }
  const { errorCode, response, responseCut, durationMs } = answer
  return { ...result, ok: errorCode === null, answer: { response, responseCut, durationMs } }
}

/** Orders the events of a filter, as it stands in an address, to be sent to a destination. */
export async function redeliver(query: string, form: FormData): Promise<ActionResult> {
  return act(async () => {
    const destination = form instanceof FormData ? String(form.get('destination') ?? '') : ''
    const id = await startRedelivery(destination, readEventQuery(query))
    return { message: 'The run has started.', href: redeliveryHref(id) }
  })
}

/** Pauses, resumes or cancels a run. */
export async function controlRun(id: string, order: RunOrder): Promise<ActionResult> {
  return act(async () => {
    if (!RUN_ORDERS.includes(order)) throw new AppError('bad_order', 'There is no such order.')
    await controlRedelivery(String(id), order)
    const done = { pause: 'Paused.', resume: 'It goes on.', cancel: 'Cancelled.' }
    return { message: done[order] }
  })
}

/** Lets what is dead in a run be tried again: one event's delivery, or all. */
export async function sendDeadAgain(id: string, eventId: string | null): Promise<ActionResult> {
  return act(async () => {
    const count = await sendAgain(String(id), eventId === null ? undefined : String(eventId))
    return { message: count === 1 ? 'It will be sent again.' : `${count} will be sent again.` }
  })
}

async function act(work: () => Promise<{ message: string; href?: string }>): Promise<ActionResult> {
  try {
    await checkOrigin()
    await requireUser()
    const done = await work()
    refresh()
    return { ok: true, ...done }
  } catch (error) {
    if (error instanceof AppError) return { ok: false, message: error.message }
    log.error({ err: (error as Error).message }, 'an action of redelivery broke off')
    return { ok: false, message: 'That did not work: the server’s log says why.' }
  }
}
