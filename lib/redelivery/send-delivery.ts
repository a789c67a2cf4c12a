import { log } from '@/lib/log'
import { beginAttempt, type BegunAttempt } from './begin-attempt'
import { LEASE_SECONDS, type ClaimedDelivery } from './claim-deliveries'
import { pause } from '@/lib/pause'
import { postEvent, type Answer } from './post-event'
import { MAX_TRIES } from './redelivery-delay'
import { giveBack, settleDelivery } from './settle-delivery'

/** Where a delivery goes, with its secret. */
export type OpenDestination = { id: string; address: string; secret: string }

const SETTLE_AGAIN_MS = 1_000
// Until one of the places for fetches (lib/fetching) may be free.
const BUSY_MS = 1_000

const DIED: Answer = {
  httpStatus: null,
  errorCode: 'cut_off',
  errorMessage: 'Waggle ended each time while it was sending it.',
  passing: false,
  retryAfterMs: null,
  response: null,
  responseCut: false,
  durationMs: 0,
}

/**
 * Sends one claimed delivery and writes down what came of it. Never throws: what the database does not take is
 * made good when the lease has ended, by sending it again.
 *
 * @param stopping No delivery is begun any more. `cutting` ends those that are under way.
 */
export async function sendDelivery(
  delivery: ClaimedDelivery,
  destination: OpenDestination,
  { stopping, cutting }: { stopping: AbortSignal; cutting: AbortSignal },
): Promise<void> {
  try {
    await pause(delivery.sendAt - performance.now(), stopping)
    const begun = stopping.aborted ? null : await beginAttempt(delivery, destination.address)
    if (!begun) return await giveBack(delivery)
    const answer = await attempt(delivery, begun, destination, cutting)
    // Not sent for reasons of ours: the receiver has had no try.
    if (answer.errorCode === 'busy') {
      return await giveBack(delivery, { attempt: begun, answer, pauseMs: BUSY_MS })
    }
    // It may have been sent, and we have no time left to hear of it.
    if (answer.errorCode === 'stopped') return await giveBack(delivery)
    await settle(delivery, begun, answer)
  } catch (error) {
    log.warn(
      { err: (error as Error).message },
      'what became of a delivery could not be written down',
    )
  }
}

async function attempt(
  { eventSeq }: ClaimedDelivery,
  { number, tries, runId, eventId, body, claims }: BegunAttempt,
  { address, secret }: OpenDestination,
  cutting: AbortSignal,
): Promise<Answer> {
  // Not once more: something in it may be what ends the process.
  if (tries > MAX_TRIES) return DIED
  const deliveryId = `${runId}.${eventSeq}`
  const posting = { address, secret, claims, body, eventId, deliveryId, attempt: number }
  const answer = await postEvent(posting, cutting)
  const { httpStatus, errorCode, durationMs } = answer
  log.debug({ runId, eventId, attempt: number, httpStatus, errorCode, durationMs }, 'sent an event')
  return answer
}

// For as long as nobody else may send it, it is worth trying to say that it has been.
async function settle(
  delivery: ClaimedDelivery,
  begun: BegunAttempt,
  answer: Answer,
): Promise<void> {
  const until = performance.now() + LEASE_SECONDS * 1_000
  for (;;) {
    try {
      return await settleDelivery(delivery, begun, answer)
    } catch (error) {
      if (performance.now() > until) throw error
      await pause(SETTLE_AGAIN_MS)
    }
  }
}
