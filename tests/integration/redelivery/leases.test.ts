import { beforeEach, expect, test } from 'vitest'
import { db } from '@/lib/db'
import { beginAttempt } from '@/lib/redelivery/begin-attempt'
import { claimDeliveries } from '@/lib/redelivery/claim-deliveries'
import { listRunEvents } from '@/lib/redelivery/list-run-events'
import type { Answer } from '@/lib/redelivery/post-event'
import { MAX_TRIES } from '@/lib/redelivery/redelivery-delay'
import { giveBack, settleDelivery } from '@/lib/redelivery/settle-delivery'
import {
  deliveriesOf,
  emptyRedelivery,
  endLeases,
  findRun,
  isFinished,
  newDestination,
  newRun,
  redeliverUntil,
} from '../../support/redelivery'
import { receiver } from '../../support/redelivery-receiver'
import { storeEvent } from '../../support/store-event'

const DELIVERED: Answer = {
  httpStatus: 200,
  errorCode: null,
  errorMessage: null,
  passing: false,
  retryAfterMs: null,
  response: '',
  responseCut: false,
  durationMs: 1,
}

beforeEach(emptyRedelivery)

/** A run of one event that a process has claimed. */
async function claimOne(address = 'http://127.0.0.1:9/') {
  await storeEvent()
  const destination = await newDestination(address)
  const run = await findRun(await newRun(destination))
  await listRunEvents()
  const [delivery] = await claimDeliveries(destination, 10)
  return { destination, run, delivery: delivery! }
}

test('nobody else claims what is claimed, until its lease has ended', async () => {
  const { destination, run, delivery } = await claimOne()
  expect(await claimDeliveries(destination, 10)).toEqual([])
  await endLeases()
  const [again] = await claimDeliveries(destination, 10)
  expect(again).toMatchObject({ runSeq: run.seq, eventSeq: delivery.eventSeq })
  expect(again!.lease).not.toBe(delivery.lease)
})

test('who was held up until the lease had ended neither sends it nor says that it was sent', async () => {
  const { destination, run, delivery } = await claimOne()
  const begun = await beginAttempt(delivery, 'http://127.0.0.1:9/')
  await endLeases()
  expect(await beginAttempt(delivery, 'http://127.0.0.1:9/'), 'not with a lease that is over').toBe(
    null,
  )
  const [other] = await claimDeliveries(destination, 10)
  await settleDelivery(delivery, begun!, DELIVERED)
  await giveBack(delivery)
  expect(await deliveriesOf(run.seq)).toMatchObject([{ state: 'sending', lease: other!.lease }])
  expect(await findRun(run.id)).toMatchObject({ delivered: 0, status: 'running' })

  const second = await beginAttempt(other!, 'http://127.0.0.1:9/')
  expect(second).toMatchObject({ number: 2, tries: 2 })
  await settleDelivery(other!, second!, DELIVERED)
  expect(await findRun(run.id)).toMatchObject({ delivered: 1, status: 'finished' })
})

test('a delivery that is recorded as done is not claimed, begun, settled or given back again', async () => {
  const { destination, run, delivery } = await claimOne()
  const begun = await beginAttempt(delivery, 'http://127.0.0.1:9/')
  await settleDelivery(delivery, begun!, DELIVERED)
  await db().redeliveryRun.update({ where: { id: run.id }, data: { status: 'running' } })
  await db().$executeRaw`UPDATE delivery SET next_attempt_at = now() - interval '1 day'`

  expect(await claimDeliveries(destination, 10)).toEqual([])
  expect(await beginAttempt(delivery, 'http://127.0.0.1:9/')).toBe(null)
  await settleDelivery(delivery, begun!, { ...DELIVERED, errorCode: 'x', passing: true })
  await giveBack(delivery)
  expect(await deliveriesOf(run.seq)).toMatchObject([{ state: 'delivered', attempts: 1 }])
  expect(await findRun(run.id)).toMatchObject({ delivered: 1, dead: 0 })
})

test('an attempt that its process did not survive stays known, and is made good', async () => {
  const outside = await receiver()
  const { run, delivery } = await claimOne(outside.url)
  await beginAttempt(delivery, outside.url)
  await endLeases()
  await redeliverUntil(() => isFinished(run.id))
  const attempts = await db().deliveryAttempt.findMany({ orderBy: { number: 'asc' } })
  expect(attempts).toMatchObject([
    { number: 1, finishedAt: null, httpStatus: null },
    { number: 2, httpStatus: 200 },
  ])
  expect(outside.received.map(({ headers }) => headers['waggle-attempt'])).toEqual(['2'])
})

test('what ends every process that sends it is given up in the end', async () => {
  const outside = await receiver()
  const { run, delivery } = await claimOne(outside.url)
  await beginAttempt(delivery, outside.url)
  await db().$executeRaw`UPDATE delivery SET tries = ${MAX_TRIES}, next_attempt_at = now()`
  await redeliverUntil(() => isFinished(run.id))
  expect(await deliveriesOf(run.seq)).toMatchObject([{ state: 'dead', errorCode: 'cut_off' }])
  expect(outside.received).toEqual([])
})
